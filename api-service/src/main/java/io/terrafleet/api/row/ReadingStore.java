package io.terrafleet.api.row;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import org.hibernate.FlushMode;
import org.hibernate.Session;

@ApplicationScoped
class ReadingStore {
    private final EntityManager entities;

    ReadingStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    /** Until the end of the transaction at hand. */
    void onlyRead() {
        Session session = entities.unwrap(Session.class);
        session.setDefaultReadOnly(true);
        session.setHibernateFlushMode(FlushMode.MANUAL);
    }
}
