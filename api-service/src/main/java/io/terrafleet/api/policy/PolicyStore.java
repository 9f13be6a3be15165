package io.terrafleet.api.policy;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;

/** Rows of policies and of bundles. */
@Singleton
class PolicyStore {
    private final EntityManager entities;

    PolicyStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    Optional<PolicyEntity> find(String id) {
        return Optional.ofNullable(entities.find(PolicyEntity.class, id));
    }

    Optional<PolicyEntity> byName(String organizationId, String name) {
        return entities.createQuery(
                        "from PolicyEntity where organizationId = :organization and lower(name) = lower(:name)",
                        PolicyEntity.class)
                .setParameter("organization", organizationId)
                .setParameter("name", name)
                .getResultStream()
                .findFirst();
    }

    List<PolicyEntity> list(String organizationId, String pattern, int offset, int limit) {
        return entities.createQuery(
                        "from PolicyEntity where organizationId = :organization and lower(name) like :pattern escape"
                                + " '!' order by lower(name)",
                        PolicyEntity.class)
                .setParameter("organization", organizationId)
                .setParameter("pattern", pattern)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    long count(String organizationId, String pattern) {
        return entities.createQuery(
                        "select count(*) from PolicyEntity where organizationId = :organization"
                                + " and lower(name) like :pattern escape '!'",
                        Long.class)
                .setParameter("organization", organizationId)
                .setParameter("pattern", pattern)
                .getSingleResult();
    }

    /** In the order of their names. */
    List<PolicyEntity> all(Collection<String> ids) {
        return entities.createQuery("from PolicyEntity where id in :ids order by lower(name)", PolicyEntity.class)
                .setParameter("ids", ids)
                .getResultList();
    }

    List<String> setsOf(String policyId) {
        return entities.createQuery(
                        "select s.id from PolicySetEntity s join s.policyIds p where p = :policy order by s.id",
                        String.class)
                .setParameter("policy", policyId)
                .getResultList();
    }

    Optional<String> rego(String id) {
        List<?> rows = entities.createNativeQuery(
                        "select rego from policy where id = :id and rego is not null", String.class)
                .setParameter("id", id)
                .getResultList();
        return rows.stream().map(String.class::cast).findFirst();
    }

    void rego(PolicyEntity policy, String rego, String sha256, Instant now) {
        entities.createNativeQuery(
                        "update policy set rego = :rego, rego_sha256 = :sha256, uploaded_at = :now where id = :id")
                .setParameter("rego", rego)
                .setParameter("sha256", sha256)
                .setParameter("now", now)
                .setParameter("id", policy.id)
                .executeUpdate();
        entities.refresh(policy);
    }

    /** Bytes of all texts of a set. */
    long textBytes(String policySetId) {
        return ((Number) entities.createNativeQuery(
                                "select coalesce(sum(octet_length(p.rego)), 0) from policy p join policy_set_policy s"
                                        + " on s.policy_id = p.id where s.policy_set_id = :set",
                                Long.class)
                        .setParameter("set", policySetId)
                        .getSingleResult())
                .longValue();
    }

    /** Bytes that all sets of an organization add to an event that carries them. */
    long eventBytes(String organizationId) {
        return ((Number) entities.createNativeQuery(
                                """
                                select coalesce((select sum(150 + octet_length(p.name) + octet_length(p.query)
                                           + octet_length(p.description))
                                       from policy_set s join policy_set_policy m on m.policy_set_id = s.id
                                       join policy p on p.id = m.policy_id where s.organization_id = :organization), 0)
                                     + coalesce((select sum(20 + octet_length(v.key) + octet_length(v.value))
                                       from policy_set s join policy_set_parameter v on v.policy_set_id = s.id
                                       where s.organization_id = :organization), 0)
                                     + coalesce((select sum(octet_length(v.policies))
                                       from policy_set s join policy_set_version v on v.id = s.current_version_id
                                       where s.organization_id = :organization), 0)
                                     + coalesce((select sum(300 + octet_length(s.name)) from policy_set s
                                       where s.organization_id = :organization), 0)
                                """,
                                Long.class)
                        .setParameter("organization", organizationId)
                        .getSingleResult())
                .longValue();
    }

    Optional<String> bundle(String digest) {
        List<?> rows = entities.createNativeQuery(
                        "select artifact_id from policy_bundle where digest = :digest", String.class)
                .setParameter("digest", digest)
                .getResultList();
        return rows.stream().map(String.class::cast).findFirst();
    }

    /** @return false when somebody else was faster */
    boolean addBundle(String digest, String artifactId, Instant now) {
        return entities.createNativeQuery("insert into policy_bundle (digest, artifact_id, created_at) values (:digest,"
                                + " :artifact, :now) on conflict do nothing")
                        .setParameter("digest", digest)
                        .setParameter("artifact", artifactId)
                        .setParameter("now", now)
                        .executeUpdate()
                == 1;
    }

    void add(PolicyEntity policy) {
        entities.persist(policy);
        entities.flush();
    }

    void remove(PolicyEntity policy) {
        entities.remove(policy);
        entities.flush();
    }

    void flush() {
        entities.flush();
    }
}
