package io.terrafleet.api.row;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import org.hibernate.FlushMode;
import org.hibernate.Session;
import org.postgresql.jdbc.PgConnection;

@Singleton
class ReadingStore {
    private final EntityManager entities;

    ReadingStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    /**
     * Until {@link #end}. Each statement sees what is committed when it begins, in a transaction as outside of one (READ COMMITTED, the
     * default of PostgreSQL): so nothing is sent to the database to begin a transaction, and above all nobody waits for its end.
     */
    void begin() {
        Session session = entities.unwrap(Session.class);
        session.setDefaultReadOnly(true);
        session.setHibernateFlushMode(FlushMode.MANUAL);
        eachStatementByItself(session, true);
    }

    /** As the pool, which ends the transaction, expects the connection. */
    void end() {
        eachStatementByItself(entities.unwrap(Session.class), false);
    }

    /** The driver keeps this to itself: it asks the database for nothing, unless a transaction is open. */
    static void eachStatementByItself(Session session, boolean alone) {
        session.doWork(connection -> connection.unwrap(PgConnection.class).setAutoCommit(alone));
    }
}
