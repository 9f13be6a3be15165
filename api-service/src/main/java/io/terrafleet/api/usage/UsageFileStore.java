package io.terrafleet.api.usage;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

@ApplicationScoped
class UsageFileStore {
    private final EntityManager entities;

    UsageFileStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    /** @param ownerId of an organization, a project or a workspace */
    Optional<UsageFileEntity> find(String ownerId) {
        return Optional.ofNullable(entities.find(UsageFileEntity.class, ownerId));
    }

    /** In no order. */
    List<UsageFileEntity> find(Collection<String> ownerIds) {
        return entities.createQuery("from UsageFileEntity where ownerId in :owners", UsageFileEntity.class)
                .setParameter("owners", ownerIds)
                .getResultList();
    }

    void put(UsageFileEntity file) {
        entities.merge(file);
        entities.flush();
    }

    void remove(UsageFileEntity file) {
        entities.remove(file);
        entities.flush();
    }
}
