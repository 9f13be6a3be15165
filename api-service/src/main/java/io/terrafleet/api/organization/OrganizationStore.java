package io.terrafleet.api.organization;

import io.quarkus.hibernate.orm.PersistenceUnit;
import io.terrafleet.api.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;

@ApplicationScoped
class OrganizationStore {
    private final EntityManager entities;

    OrganizationStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    Optional<OrganizationEntity> find(String id) {
        return Optional.ofNullable(entities.find(OrganizationEntity.class, id));
    }

    Optional<OrganizationEntity> forUpdate(String id) {
        return Optional.ofNullable(entities.find(OrganizationEntity.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    Optional<OrganizationEntity> byName(String name) {
        return entities.createQuery("from OrganizationEntity where lower(name) = :name", OrganizationEntity.class)
                .setParameter("name", name.toLowerCase(Locale.ROOT))
                .getResultList()
                .stream()
                .findFirst();
    }

    /** @param ids only these, or all when empty */
    List<OrganizationEntity> list(Optional<List<String>> ids, String search, int offset, int limit) {
        return entities.createQuery(
                        "from OrganizationEntity where (:all = true or id in :ids) and lower(name) like :search escape '!'"
                                + " order by lower(name)",
                        OrganizationEntity.class)
                .setParameter("all", ids.isEmpty())
                .setParameter("ids", ids.orElse(List.of("")))
                .setParameter("search", search)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    long count(Optional<List<String>> ids, String search) {
        return entities.createQuery(
                        "select count(*) from OrganizationEntity where (:all = true or id in :ids)"
                                + " and lower(name) like :search escape '!'",
                        Long.class)
                .setParameter("all", ids.isEmpty())
                .setParameter("ids", ids.orElse(List.of("")))
                .setParameter("search", search)
                .getSingleResult();
    }

    /** Writes now; somebody who took the name at the same moment is met here. */
    void add(Object entity) {
        entities.persist(entity);
        flush();
    }

    void flush() {
        try {
            entities.flush();
        } catch (ConstraintViolationException e) {
            throw Problem.invalid("name", "Name has already been taken");
        }
    }

    void remove(Object entity) {
        entities.remove(entity);
        entities.flush();
    }
}
