package io.terrafleet.api.artifact;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** The rows of {@code artifact_orphan}: objects that no artifact names. */
@Singleton
class OrphanStore {
    private final EntityManager entities;

    OrphanStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    void add(String object, Instant due) {
        entities.createNativeQuery("insert into artifact_orphan (object, due_at) values (:object, :due)")
                .setParameter("object", object)
                .setParameter("due", due)
                .executeUpdate();
    }

    /** @return whether it was there, and so the object too */
    boolean remove(String object) {
        return entities.createNativeQuery("delete from artifact_orphan where object = :object")
                        .setParameter("object", object)
                        .executeUpdate()
                == 1;
    }

    /** One that is due, held until the transaction ends; those that others hold are passed over. */
    Optional<String> hold(Instant now) {
        List<?> due = entities.createNativeQuery(
                        "select object from artifact_orphan where due_at <= :now order by due_at limit 1 for update skip locked")
                .setParameter("now", now)
                .getResultList();
        return due.stream().map(String.class::cast).findFirst();
    }
}
