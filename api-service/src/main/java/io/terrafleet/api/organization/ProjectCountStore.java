package io.terrafleet.api.organization;

import io.quarkus.hibernate.orm.PersistenceUnit;
import io.terrafleet.api.access.Visibility;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.TypedQuery;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;

/** How much is in projects. */
@Singleton
class ProjectCountStore {
    private final EntityManager entities;

    ProjectCountStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    /** By project; one without any is not there. */
    Map<String, Long> workspaces(Collection<String> projectIds, Visibility visible) {
        TypedQuery<Object[]> query = entities.createQuery(
                        "select w.projectId, count(*) from WorkspaceEntity w where w.projectId in :projects and "
                                + visible.ofWorkspace("w.id", "w.projectId") + " group by w.projectId",
                        Object[].class)
                .setParameter("projects", projectIds);
        visible.parameters().forEach(query::setParameter);
        return counts(query);
    }

    /** By project; one without any is not there. */
    Map<String, Long> teams(Collection<String> projectIds) {
        return counts(entities.createQuery(
                        "select t.projectId, count(*) from TeamProjectEntity t where t.projectId in :projects"
                                + " group by t.projectId",
                        Object[].class)
                .setParameter("projects", projectIds));
    }

    private static Map<String, Long> counts(TypedQuery<Object[]> query) {
        Map<String, Long> counts = new HashMap<>();
        query.getResultList().forEach(row -> counts.put((String) row[0], (Long) row[1]));
        return counts;
    }
}
