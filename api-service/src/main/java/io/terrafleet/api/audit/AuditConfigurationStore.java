package io.terrafleet.api.audit;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.util.Optional;

@Singleton
class AuditConfigurationStore {
    private final EntityManager entities;

    AuditConfigurationStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    Optional<AuditConfigurationEntity> find(String organizationId) {
        return Optional.ofNullable(entities.find(AuditConfigurationEntity.class, organizationId));
    }

    void add(AuditConfigurationEntity row) {
        entities.persist(row);
        entities.flush();
    }
}
