package io.terrafleet.api.pricelist;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Optional;

@Singleton
class PriceListStore {
    private final EntityManager entities;

    PriceListStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    Optional<PriceListEntity> find(String id) {
        return Optional.ofNullable(entities.find(PriceListEntity.class, id));
    }

    Optional<PriceListEntity> forUpdate(String id) {
        return Optional.ofNullable(entities.find(PriceListEntity.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    List<PriceListEntity> list(int offset, int limit) {
        return entities.createQuery("from PriceListEntity order by createdAt desc, id", PriceListEntity.class)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    long count() {
        return entities.createQuery("select count(*) from PriceListEntity", Long.class)
                .getSingleResult();
    }

    void add(PriceListEntity list) {
        entities.persist(list);
    }

    void flush() {
        entities.flush();
    }
}
