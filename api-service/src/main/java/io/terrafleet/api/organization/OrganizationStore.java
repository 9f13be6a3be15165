package io.terrafleet.api.organization;

import io.quarkus.hibernate.orm.PersistenceUnit;
import io.terrafleet.api.problem.Problem;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.LockModeType;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.hibernate.exception.ConstraintViolationException;
import org.jspecify.annotations.Nullable;

@Singleton
class OrganizationStore {
    private static final int MOST_PRODUCERS = 1_000;
    private static final String SOUGHT = "(:all = true or id in :ids) and lower(name) like :name escape '!'"
            + " and lower(email) like :email escape '!'";

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
        return entities
                .createQuery("from OrganizationEntity where lower(name) = :name", OrganizationEntity.class)
                .setParameter("name", name.toLowerCase(Locale.ROOT))
                .getResultList()
                .stream()
                .findFirst();
    }

    /** @param ids only these, or all when empty */
    List<OrganizationEntity> list(Optional<List<String>> ids, Organizations.Sought sought, int offset, int limit) {
        return entities.createQuery(
                        "from OrganizationEntity where " + SOUGHT + " order by lower(name)", OrganizationEntity.class)
                .setParameter("all", ids.isEmpty())
                .setParameter("ids", ids.orElse(List.of("")))
                .setParameter("name", Search.containing(sought.name()))
                .setParameter("email", Search.containing(sought.email()))
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    long count(Optional<List<String>> ids, Organizations.Sought sought) {
        return entities.createQuery("select count(*) from OrganizationEntity where " + SOUGHT, Long.class)
                .setParameter("all", ids.isEmpty())
                .setParameter("ids", ids.orElse(List.of("")))
                .setParameter("name", Search.containing(sought.name()))
                .setParameter("email", Search.containing(sought.email()))
                .getSingleResult();
    }

    boolean consumes(String organizationId, String consumerId) {
        return entities.find(ModuleConsumerEntity.class, new ModuleConsumerEntity.Key(organizationId, consumerId))
                != null;
    }

    /** Ids, by name. */
    List<String> consumers(String organizationId) {
        return entities.createQuery(
                        "select o.id from ModuleConsumerEntity c, OrganizationEntity o"
                                + " where c.organizationId = :organization and o.id = c.consumerId order by lower(o.name)",
                        String.class)
                .setParameter("organization", organizationId)
                .getResultList();
    }

    /** Ids of those from whose registry the organization may take: everybody's who shares with all, and who names it; by name. */
    List<String> producers(String consumerId, boolean modules) {
        String shared = modules
                ? "(o.sharesModules = true or o.id in (select c.organizationId from ModuleConsumerEntity c"
                        + " where c.consumerId = :consumer))"
                : "o.sharesProviders = true";
        return entities.createQuery(
                        "select o.id from OrganizationEntity o where o.id <> :consumer and " + shared
                                + " order by lower(o.name)",
                        String.class)
                .setParameter("consumer", consumerId)
                .setMaxResults(MOST_PRODUCERS)
                .getResultList();
    }

    long countConsumers(String organizationId) {
        return entities.createQuery(
                        "select count(*) from ModuleConsumerEntity where organizationId = :organization", Long.class)
                .setParameter("organization", organizationId)
                .getSingleResult();
    }

    void replaceConsumers(String organizationId, List<String> consumerIds) {
        entities.createQuery(
                        "from ModuleConsumerEntity where organizationId = :organization", ModuleConsumerEntity.class)
                .setParameter("organization", organizationId)
                .getResultList()
                .forEach(entities::remove);
        entities.flush();
        for (String consumer : consumerIds) {
            ModuleConsumerEntity row = new ModuleConsumerEntity();
            row.organizationId = organizationId;
            row.consumerId = consumer;
            entities.persist(row);
        }
        entities.flush();
    }

    /**
     * The default pool after a change: of the organization, when there is one, and none unless the mode is {@code agent}.
     *
     * @param wanted empty text for none
     */
    @Nullable
    String agentPool(String organizationId, Optional<String> mode, Optional<String> wanted, @Nullable String before) {
        boolean agents = mode.filter("agent"::equals).isPresent();
        Optional<String> asked = wanted.filter(id -> !id.isEmpty());
        if (!agents && asked.isPresent()) {
            throw Problem.invalidRelationship(
                    "default-agent-pool",
                    "Default agent pool must not be specified unless using 'agent' execution mode");
        }
        if (!agents) {
            return null;
        }
        String pool = wanted.isPresent() ? asked.orElse(null) : before;
        if (pool == null) {
            throw Problem.invalidRelationship(
                    "default-agent-pool", "Default agent pool must be specified when using 'agent' execution mode");
        }
        boolean own = entities.createQuery(
                                "select count(*) from AgentPoolEntity where id = :id and organizationId = :organization",
                                Long.class)
                        .setParameter("id", pool)
                        .setParameter("organization", organizationId)
                        .getSingleResult()
                > 0;
        if (!own) {
            throw Problem.invalidRelationship("default-agent-pool", "The provided agent pool does not exist");
        }
        return pool;
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
