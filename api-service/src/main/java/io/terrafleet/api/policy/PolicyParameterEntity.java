package io.terrafleet.api.policy;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "policy_set_parameter")
@SuppressWarnings("NullAway.Init")
class PolicyParameterEntity {
    @Id
    String id;

    @Column(name = "policy_set_id")
    String policySetId;

    String key;

    /** Empty when it is sensitive. */
    String value;

    @Column(name = "sealed_value")
    byte @Nullable [] sealedValue;

    @Column(name = "created_at")
    Instant createdAt;

    String context() {
        return "policy-set-parameter/" + id;
    }
}
