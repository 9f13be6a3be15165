package io.terrafleet.api.organization;

import jakarta.persistence.Column;
import jakarta.persistence.Entity;
import jakarta.persistence.Id;
import jakarta.persistence.IdClass;
import jakarta.persistence.Table;
import java.io.Serializable;

/** An organization whose runs may take modules from another's registry. */
@Entity
@Table(name = "module_consumer")
@IdClass(ModuleConsumerEntity.Key.class)
@SuppressWarnings("NullAway.Init")
class ModuleConsumerEntity {
    record Key(String organizationId, String consumerId) implements Serializable {}

    @Id
    @Column(name = "organization_id")
    String organizationId;

    @Id
    @Column(name = "consumer_id")
    String consumerId;
}
