package io.terrafleet.api.admin;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.List;

/** Finds what lies in all organizations; the rooms themselves know one at a time. */
@Singleton
class AdminStore {
    /** Nothing is asked of names that everything has. */
    private static final String ANY = "%%";

    private final EntityManager entities;

    AdminStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    /** Ids, by name. */
    List<String> workspaces(String search, int offset, int limit) {
        return searched(
                        entities.createQuery(
                                "select w.id from WorkspaceTitleEntity w" + workspaces(search)
                                        + " order by w.name, w.id",
                                String.class),
                        search)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    long countWorkspaces(String search) {
        return searched(
                        entities.createQuery(
                                "select count(*) from WorkspaceTitleEntity w" + workspaces(search), Long.class),
                        search)
                .getSingleResult();
    }

    /** Ids, newest first. */
    List<String> runs(String search, List<String> statuses, int offset, int limit) {
        return bind(
                        entities.createQuery(
                                "select r.id from RunEntity r" + runs(search, statuses) + " order by r.number desc",
                                String.class),
                        search,
                        statuses)
                .setFirstResult(offset)
                .setMaxResults(limit)
                .getResultList();
    }

    long countRuns(String search, List<String> statuses) {
        return bind(
                        entities.createQuery("select count(*) from RunEntity r" + runs(search, statuses), Long.class),
                        search,
                        statuses)
                .getSingleResult();
    }

    private static String workspaces(String search) {
        return search.equals(ANY)
                ? ""
                : " where w.part like :search escape '!' or w.organizationId in"
                        + " (select o.id from OrganizationEntity o where lower(o.name) like :search escape '!')";
    }

    private static String runs(String search, List<String> statuses) {
        String standing = statuses.isEmpty() ? "" : " and r.status in :statuses";
        return search.equals(ANY)
                ? " where 1 = 1" + standing
                : " where (lower(r.id) like :search escape '!' or r.workspaceId in"
                        + " (select w.id from WorkspaceTitleEntity w where w.part like :search escape '!')"
                        + " or r.organizationId in"
                        + " (select o.id from OrganizationEntity o where lower(o.name) like :search escape '!'))"
                        + standing;
    }

    private static <T> TypedQuery<T> searched(TypedQuery<T> query, String search) {
        return search.equals(ANY) ? query : query.setParameter("search", search);
    }

    private static <T> TypedQuery<T> bind(TypedQuery<T> query, String search, List<String> statuses) {
        searched(query, search);
        return statuses.isEmpty() ? query : query.setParameter("statuses", statuses);
    }
}
