package io.terrafleet.api.rule;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.util.List;
import java.util.Optional;

@Singleton
class PullRequestRuleStore {
    private final EntityManager entities;

    PullRequestRuleStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    Optional<PullRequestRuleEntity> find(String ownerId) {
        return Optional.ofNullable(entities.find(PullRequestRuleEntity.class, ownerId));
    }

    /** Those of a workspace and of its organization, in no order. */
    List<PullRequestRuleEntity> find(List<String> ownerIds) {
        return entities.createQuery("from PullRequestRuleEntity where ownerId in :owners", PullRequestRuleEntity.class)
                .setParameter("owners", ownerIds)
                .getResultList();
    }

    void put(PullRequestRuleEntity row) {
        entities.merge(row);
        entities.flush();
    }
}
