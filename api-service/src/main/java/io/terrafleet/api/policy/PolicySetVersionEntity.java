package io.terrafleet.api.policy;

import io.terrafleet.contracts.policy.PoliciesFile;
import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.Table;
import java.time.Instant;
import org.jspecify.annotations.Nullable;

@Entity
@Table(name = "policy_set_version")
@SuppressWarnings("NullAway.Init")
class PolicySetVersionEntity {
    @Id
    String id;

    @Column(name = "policy_set_id")
    String policySetId;

    String status;

    String source = "tfe-api";

    @Column(name = "commit_sha")
    @Nullable
    String commitSha;

    /** As the set named it then. */
    @Nullable
    String repository;

    @Nullable
    String error;

    /** JSON: a list of {@link PoliciesFile.Entry}. */
    String policies;

    @Column(name = "upload_key_hash")
    byte[] uploadKeyHash;

    @Column(name = "artifact_id")
    @Nullable
    String artifactId;

    @Column(name = "created_at")
    Instant createdAt;

    @Column(name = "updated_at")
    Instant updatedAt;
}
