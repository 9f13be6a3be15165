package io.terrafleet.api.workspace;

import io.terrafleet.api.organization.Search;
import java.util.HashMap;
import java.util.Map;

/** A {@link WorkspaceQuery} in the words of the store; the entity is {@code w}. Values travel as parameters only. */
record WorkspaceHql(String where, String order, Map<String, Object> parameters) {
    private static final String TAGGED =
            "exists (select 1 from WorkspaceTagEntity t where t.workspaceId = w.id and t.key = :";

    static WorkspaceHql of(WorkspaceQuery wanted) {
        StringBuilder where = new StringBuilder("where w.organizationId = :organization");
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("organization", wanted.organizationId());
        where.append(" and ").append(wanted.visible().ofWorkspace("w.id", "w.projectId"));
        parameters.putAll(wanted.visible().parameters());
        wanted.search().ifPresent(text -> {
            where.append(" and lower(w.name) like :search escape '!'");
            parameters.put("search", Search.containing(text));
        });
        wanted.wildcard().ifPresent(text -> {
            where.append(" and lower(w.name) like :wildcard escape '!'");
            parameters.put("wildcard", Search.wildcard(text));
        });
        wanted.projectId().ifPresent(project -> {
            where.append(" and w.projectId = :project");
            parameters.put("project", project);
        });
        if (!wanted.currentRunStatuses().isEmpty()) {
            where.append(" and w.currentRunStatus in (:statuses)");
            parameters.put("statuses", wanted.currentRunStatuses());
        }
        for (String tag : wanted.tags()) {
            where.append(" and ").append(TAGGED).append(next(parameters, tag)).append(")");
        }
        for (String tag : wanted.excludedTags()) {
            where.append(" and not ")
                    .append(TAGGED)
                    .append(next(parameters, tag))
                    .append(")");
        }
        wanted.bindings().forEach((key, value) -> {
            where.append(" and ").append(TAGGED).append(next(parameters, key));
            where.append(" and t.value = :").append(next(parameters, value)).append(")");
        });
        return new WorkspaceHql(where.toString(), order(wanted), Map.copyOf(parameters));
    }

    private static String next(Map<String, Object> parameters, String value) {
        String name = "p" + parameters.size();
        parameters.put(name, value.replace("\0", ""));
        return name;
    }

    private static String order(WorkspaceQuery wanted) {
        String direction = wanted.descending() ? " desc" : "";
        return switch (wanted.order()) {
            case NAME -> " order by w.name" + direction;
            case CURRENT_RUN -> " order by w.currentRunSince" + direction + " nulls last, w.name";
            case CHANGE -> " order by w.changedAt" + direction + ", w.name" + direction;
        };
    }
}
