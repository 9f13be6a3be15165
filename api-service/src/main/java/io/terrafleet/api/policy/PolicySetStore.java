package io.terrafleet.api.policy;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/** Rows of policy sets, where they apply, and their parameters. */
@Singleton
class PolicySetStore {
    private final EntityManager entities;

    PolicySetStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    Optional<PolicySetEntity> find(String id) {
        return Optional.ofNullable(entities.find(PolicySetEntity.class, id));
    }

    Optional<PolicySetEntity> forUpdate(String id) {
        return Optional.ofNullable(entities.find(PolicySetEntity.class, id, LockModeType.PESSIMISTIC_WRITE));
    }

    Optional<PolicySetEntity> byName(String organizationId, String name) {
        return entities.createQuery(
                        "from PolicySetEntity where organizationId = :organization and lower(name) = lower(:name)",
                        PolicySetEntity.class)
                .setParameter("organization", organizationId)
                .setParameter("name", name)
                .getResultStream()
                .findFirst();
    }

    List<PolicySetEntity> list(String organizationId, String pattern, int offset, int limit) {
        return entities.createQuery(
                        "from PolicySetEntity where organizationId = :organization"
                                + " and lower(name) like :pattern escape '!' order by lower(name)",
                        PolicySetEntity.class)
                .setParameter("organization", organizationId)
                .setParameter("pattern", pattern)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    long count(String organizationId, String pattern) {
        return entities.createQuery(
                        "select count(*) from PolicySetEntity where organizationId = :organization"
                                + " and lower(name) like :pattern escape '!'",
                        Long.class)
                .setParameter("organization", organizationId)
                .setParameter("pattern", pattern)
                .getSingleResult();
    }

    Optional<PolicySetVersionEntity> version(String id) {
        return Optional.ofNullable(entities.find(PolicySetVersionEntity.class, id));
    }

    /** Sets whose repository is to be looked at; at most 20. */
    List<String> due(Instant now) {
        return entities.createQuery(
                        "select id from PolicySetEntity where vcsDueAt <= :now order by vcsDueAt", String.class)
                .setParameter("now", now)
                .setMaxResults(20)
                .getResultList();
    }

    /**
     * Only one of several services looks.
     *
     * @return false when another one does
     */
    boolean claim(String id, Instant now, Instant next) {
        return entities.createQuery("update PolicySetEntity set vcsDueAt = :next where id = :id and vcsDueAt <= :now")
                        .setParameter("next", next)
                        .setParameter("id", id)
                        .setParameter("now", now)
                        .executeUpdate()
                == 1;
    }

    /** Something was pushed to the repository that they follow. */
    int told(String organizationId, String identifier, Instant now) {
        return entities.createQuery("update PolicySetEntity set vcsDueAt = :now where organizationId = :organization"
                        + " and lower(vcsIdentifier) = lower(:identifier)")
                .setParameter("now", now)
                .setParameter("organization", organizationId)
                .setParameter("identifier", identifier)
                .executeUpdate();
    }

    /** At most 20. */
    List<PolicySetEntity> ofRepository(String organizationId, String identifier) {
        return entities.createQuery(
                        "from PolicySetEntity where organizationId = :organization"
                                + " and lower(vcsIdentifier) = lower(:identifier) order by lower(name)",
                        PolicySetEntity.class)
                .setParameter("organization", organizationId)
                .setParameter("identifier", identifier)
                .setMaxResults(20)
                .getResultList();
    }

    /** The repository that they follow has another name. */
    int renamed(String organizationId, String before, String identifier) {
        return entities.createQuery(
                        "update PolicySetEntity set vcsIdentifier = :identifier where organizationId = :organization"
                                + " and lower(vcsIdentifier) = lower(:before)")
                .setParameter("identifier", identifier)
                .setParameter("organization", organizationId)
                .setParameter("before", before)
                .executeUpdate();
    }

    long following(String organizationId, String identifier) {
        return entities.createQuery(
                        "select count(*) from PolicySetEntity where organizationId = :organization"
                                + " and lower(vcsIdentifier) = lower(:identifier)",
                        Long.class)
                .setParameter("organization", organizationId)
                .setParameter("identifier", identifier)
                .getSingleResult();
    }

    /** The workspace or project is gone. */
    void detach(String targetId) {
        entities.createNativeQuery("delete from policy_set_attachment where target_id = :target")
                .setParameter("target", targetId)
                .executeUpdate();
    }

    List<PolicyParameterEntity> parameters(String policySetId) {
        return entities.createQuery(
                        "from PolicyParameterEntity where policySetId = :set order by key", PolicyParameterEntity.class)
                .setParameter("set", policySetId)
                .getResultList();
    }

    Optional<PolicyParameterEntity> parameter(String policySetId, String id) {
        return Optional.ofNullable(entities.find(PolicyParameterEntity.class, id))
                .filter(parameter -> parameter.policySetId.equals(policySetId));
    }

    void add(Object row) {
        entities.persist(row);
        entities.flush();
    }

    void remove(Object row) {
        entities.remove(row);
        entities.flush();
    }

    void flush() {
        entities.flush();
    }
}
