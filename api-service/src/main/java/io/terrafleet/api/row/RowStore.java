package io.terrafleet.api.row;

import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.Optional;
import org.hibernate.LockMode;
import org.hibernate.Session;
import org.hibernate.engine.spi.SessionImplementor;

/** Takes the lock on a row and hands it out as it is then; asks the database only when that is needed. */
public final class RowStore {
    private static final String PLAN_FOR_VALUES = "select set_config('plan_cache_mode', 'force_custom_plan', true)";

    private RowStore() {}

    /**
     * Until their transaction's end statements are planned for the values that they search. What is rare is best fetched by its index and
     * sorted; what is common is met soon enough on a walk in the list's order. A plan that PostgreSQL makes once for all values fits one
     * of the two.
     */
    public static void planForValues(EntityManager entities) {
        ReadingStore.eachStatementByItself(entities.unwrap(Session.class), false);
        entities.createNativeQuery(PLAN_FOR_VALUES).getSingleResult();
    }

    /**
     * The row, locked until the transaction ends. A row that this transaction has locked or written already is as it was; one that
     * it has only read is read again, after what it has changed so far is written.
     */
    public static <T> Optional<T> take(EntityManager entities, Class<T> type, String id) {
        Optional<T> seen = seen(entities, type, id);
        if (seen.isEmpty()) {
            return Optional.ofNullable(entities.find(type, id, LockModeType.PESSIMISTIC_WRITE));
        }
        LockMode held = entities.unwrap(SessionImplementor.class).getCurrentLockMode(seen.get());
        if (held != LockMode.PESSIMISTIC_WRITE && held != LockMode.WRITE) {
            entities.flush();
            entities.refresh(seen.get(), LockModeType.PESSIMISTIC_WRITE);
        }
        return seen;
    }

    /** Whether this transaction has read any row of the kind that queries call by that name. */
    public static boolean seesAny(EntityManager entities, String entityName) {
        return entities
                .unwrap(SessionImplementor.class)
                .getPersistenceContextInternal()
                .getEntitiesByKey()
                .keySet()
                .stream()
                .anyMatch(key -> key.getEntityName().endsWith("." + entityName));
    }

    /** The row as this transaction has it already; the database is not asked. */
    public static <T> Optional<T> seen(EntityManager entities, Class<T> type, String id) {
        SessionImplementor session = entities.unwrap(SessionImplementor.class);
        Object entity = session.getPersistenceContextInternal()
                .getEntity(session.generateEntityKey(
                        id, session.getFactory().getMappingMetamodel().getEntityDescriptor(type)));
        return Optional.ofNullable(type.cast(entity));
    }
}
