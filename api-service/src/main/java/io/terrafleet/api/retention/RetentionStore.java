package io.terrafleet.api.retention;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;

@Singleton
class RetentionStore {
    private final EntityManager entities;

    RetentionStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    Optional<RetentionEntity> of(Keeper keeper) {
        String which =
                keeper.workspaceId().isPresent() ? "workspaceId = :id" : "organizationId = :id and workspaceId is null";
        return entities.createQuery("from RetentionEntity where " + which, RetentionEntity.class)
                .setParameter("id", keeper.workspaceId().orElse(keeper.organizationId()))
                .getResultStream()
                .findFirst();
    }

    List<RetentionEntity> deleting() {
        return entities.createQuery("from RetentionEntity where days is not null order by id", RetentionEntity.class)
                .getResultList();
    }

    void add(RetentionEntity row) {
        entities.persist(row);
        entities.flush();
    }

    void remove(RetentionEntity row) {
        entities.remove(row);
    }
}
