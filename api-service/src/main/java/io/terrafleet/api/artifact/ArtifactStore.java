package io.terrafleet.api.artifact;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Optional;

@ApplicationScoped
class ArtifactStore {
    private final EntityManager entities;

    ArtifactStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    Optional<ArtifactEntity> find(String id) {
        return Optional.ofNullable(entities.find(ArtifactEntity.class, id));
    }

    void hold(String id) {
        entities.find(ArtifactEntity.class, id, LockModeType.PESSIMISTIC_WRITE);
    }

    void add(ArtifactEntity artifact) {
        entities.persist(artifact);
        entities.flush();
    }

    void remove(ArtifactEntity artifact) {
        entities.remove(artifact);
    }
}
