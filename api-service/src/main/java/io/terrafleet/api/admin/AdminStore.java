package io.terrafleet.api.admin;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.List;

/** Finds what lies in all organizations; the rooms themselves know one at a time. */
@ApplicationScoped
class AdminStore {
    private static final String WORKSPACES =
            "from WorkspaceEntity w, OrganizationEntity o where o.id = w.organizationId"
                    + " and (lower(w.name) like :search escape '!' or lower(o.name) like :search escape '!')";
    private static final String RUNS = "from RunEntity r, WorkspaceEntity w, OrganizationEntity o"
            + " where w.id = r.workspaceId and o.id = w.organizationId and (:any = true or r.status in :statuses)"
            + " and (lower(r.id) like :search escape '!' or lower(w.name) like :search escape '!'"
            + " or lower(o.name) like :search escape '!')";

    private final EntityManager entities;

    AdminStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    /** Ids, by name. */
    List<String> workspaces(String search, int offset, int limit) {
        return entities.createQuery("select w.id " + WORKSPACES + " order by w.name, w.id", String.class)
                .setParameter("search", search)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    long countWorkspaces(String search) {
        return entities.createQuery("select count(*) " + WORKSPACES, Long.class)
                .setParameter("search", search)
                .getSingleResult();
    }

    /** Ids, newest first. */
    List<String> runs(String search, List<String> statuses, int offset, int limit) {
        return bind(
                        entities.createQuery("select r.id " + RUNS + " order by r.createdAt desc, r.id", String.class),
                        search,
                        statuses)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    long countRuns(String search, List<String> statuses) {
        return bind(entities.createQuery("select count(*) " + RUNS, Long.class), search, statuses)
                .getSingleResult();
    }

    private static <T> TypedQuery<T> bind(TypedQuery<T> query, String search, List<String> statuses) {
        return query.setParameter("search", search)
                .setParameter("any", statuses.isEmpty())
                .setParameter("statuses", statuses.isEmpty() ? List.of("") : statuses);
    }
}
