package io.terrafleet.api.workspace;

import io.quarkus.hibernate.orm.PersistenceUnit;
import jakarta.inject.Singleton;
import jakarta.persistence.EntityManager;
import jakarta.persistence.Query;
import java.util.List;

/** How many workspaces a list has in all. What is asked most is kept by the database as workspaces come and go; the rest is counted. */
@Singleton
class WorkspaceTotalStore {
    private static final String SEEN = "(select tp.project_id from team_project tp where tp.team_id = any(:teams))";

    private final EntityManager entities;

    WorkspaceTotalStore(@PersistenceUnit("api") EntityManager entities) {
        this.entities = entities;
    }

    long of(WorkspaceQuery wanted) {
        if (wanted.onlyByPlace()) {
            return byPlace(wanted);
        }
        if (wanted.onlyByOneTag()) {
            return byTag(wanted);
        }
        WorkspaceHql hql = WorkspaceHql.of(wanted);
        var query = entities.createQuery("select count(*) from " + hql.from() + hql.where(), Long.class);
        hql.parameters().forEach(query::setParameter);
        return query.getSingleResult();
    }

    private long byPlace(WorkspaceQuery wanted) {
        String place = "organization_id = :organization"
                + (wanted.projectId().isPresent() ? " and project_id = :project" : "");
        String kept = "select coalesce(sum(workspaces), 0) from workspace_count where " + place;
        if (wanted.visible().all()) {
            return number(placed(kept, wanted));
        }
        String[] teams = wanted.visible().teams().toArray(String[]::new);
        Query projects = placed(kept + " and project_id in " + SEEN, wanted).setParameter("teams", teams);
        Query single = placed(
                        "select count(*) from workspace where " + place + " and project_id not in " + SEEN
                                + " and id in (select tw.workspace_id from team_workspace tw where tw.team_id = any(:teams))",
                        wanted)
                .setParameter("teams", teams);
        return number(projects) + number(single);
    }

    private Query placed(String sql, WorkspaceQuery wanted) {
        Query query = entities.createNativeQuery(sql).setParameter("organization", wanted.organizationId());
        wanted.projectId().ifPresent(project -> query.setParameter("project", project));
        return query;
    }

    private long byTag(WorkspaceQuery wanted) {
        String sql = "select count(*) from workspace_tag where organization_id = :organization and key = :key";
        if (wanted.bindings().isEmpty()) {
            return number(entities.createNativeQuery(sql)
                    .setParameter("organization", wanted.organizationId())
                    .setParameter("key", clean(wanted.tags().getFirst())));
        }
        var binding = wanted.bindings().entrySet().iterator().next();
        return number(entities.createNativeQuery(sql + " and value = :value")
                .setParameter("organization", wanted.organizationId())
                .setParameter("key", clean(binding.getKey()))
                .setParameter("value", clean(binding.getValue())));
    }

    private static String clean(String text) {
        return text.replace("\0", "");
    }

    private static long number(Query query) {
        List<?> rows = query.getResultList();
        return ((Number) rows.getFirst()).longValue();
    }
}
