package io.terrafleet.api.workspace;

import io.terrafleet.api.organization.Search;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A {@link WorkspaceQuery} in the words of the store; {@code w} is the workspace, or only its title where nothing else is asked for.
 * Values travel as parameters only.
 *
 * @param counting whether the total is best counted along, because what is found is few and not met in order
 */
record WorkspaceHql(String from, String where, String order, Map<String, Object> parameters, boolean counting) {
    private static final String TAGGED = "exists (select 1 from WorkspaceTagEntity t where t.workspaceId = w.id"
            + " and t.organizationId = w.organizationId and t.key = :";

    static WorkspaceHql of(WorkspaceQuery wanted) {
        boolean titles = wanted.order() == WorkspaceQuery.Order.NAME
                && wanted.currentRunStatuses().isEmpty();
        Map<String, Object> parameters = new HashMap<>();
        parameters.put("organization", wanted.organizationId());
        parameters.putAll(wanted.visible().parameters());
        List<String> conditions = new ArrayList<>(
                List.of("w.organizationId = :organization", wanted.visible().ofWorkspace("w.id", "w.projectId")));
        named(wanted, titles, conditions, parameters);
        wanted.projectId().ifPresent(project -> {
            conditions.add("w.projectId = :project");
            parameters.put("project", project);
        });
        standing(wanted, conditions, parameters);
        Optional<String> leading = titles ? leading(wanted) : Optional.empty();
        tagged(wanted, leading, conditions, parameters);
        String from = titles ? "WorkspaceTitleEntity w" : "WorkspaceEntity w";
        return new WorkspaceHql(
                leading.isPresent() ? "WorkspaceTagEntity k, " + from : from,
                " where " + String.join(" and ", conditions),
                leading.isPresent() ? " order by k.workspaceName" + direction(wanted) : order(wanted),
                Map.copyOf(parameters),
                wanted.search().isPresent() || wanted.wildcard().isPresent());
    }

    private static void named(
            WorkspaceQuery wanted, boolean titles, List<String> conditions, Map<String, Object> parameters) {
        wanted.search().ifPresent(text -> {
            conditions.add(part(titles, "search"));
            parameters.put("search", Search.containing(text));
        });
        wanted.wildcard().ifPresent(text -> {
            conditions.add(part(titles, "wildcard"));
            parameters.put("wildcard", Search.wildcard(text));
        });
    }

    private static String part(boolean titles, String parameter) {
        return titles
                ? "w.part like :" + parameter + " escape '!'"
                : "w.id in (select n.id from WorkspaceTitleEntity n where n.part like :" + parameter + " escape '!')";
    }

    private static void standing(WorkspaceQuery wanted, List<String> conditions, Map<String, Object> parameters) {
        if (wanted.currentRunStatuses().size() == 1) {
            conditions.add("w.currentRunStatus = :status");
            parameters.put("status", wanted.currentRunStatuses().getFirst());
        } else if (!wanted.currentRunStatuses().isEmpty()) {
            conditions.add("w.currentRunStatus in (:statuses)");
            parameters.put("statuses", wanted.currentRunStatuses());
        }
    }

    /** The tag whose workspaces are walked through in order; one with a value, for it is rarer. */
    private static Optional<String> leading(WorkspaceQuery wanted) {
        return wanted.bindings().keySet().stream().sorted().findFirst().or(() -> wanted.tags().stream()
                .findFirst());
    }

    private static void tagged(
            WorkspaceQuery wanted, Optional<String> leading, List<String> conditions, Map<String, Object> parameters) {
        leading.ifPresent(key -> {
            conditions.add(
                    "w.id = k.workspaceId and k.organizationId = :organization and k.key = :" + next(parameters, key));
            Optional.ofNullable(wanted.bindings().get(key))
                    .ifPresent(value -> conditions.add("k.value = :" + next(parameters, value)));
        });
        wanted.tags().stream()
                .filter(tag -> wanted.bindings().containsKey(tag) || !leading.equals(Optional.of(tag)))
                .forEach(tag -> conditions.add(TAGGED + next(parameters, tag) + ")"));
        wanted.excludedTags().forEach(tag -> conditions.add("not " + TAGGED + next(parameters, tag) + ")"));
        wanted.bindings().forEach((key, value) -> {
            if (!leading.equals(Optional.of(key))) {
                conditions.add(TAGGED + next(parameters, key) + " and t.value = :" + next(parameters, value) + ")");
            }
        });
    }

    private static String next(Map<String, Object> parameters, String value) {
        String name = "p" + parameters.size();
        parameters.put(name, value.replace("\0", ""));
        return name;
    }

    private static String direction(WorkspaceQuery wanted) {
        return wanted.descending() ? " desc" : "";
    }

    private static String order(WorkspaceQuery wanted) {
        String direction = direction(wanted);
        return switch (wanted.order()) {
            case NAME -> " order by w.name" + direction;
            case CURRENT_RUN -> " order by w.currentRunSince" + direction + " nulls last, w.name";
            case CHANGE -> " order by w.changedAt" + direction + ", w.name" + direction;
        };
    }
}
