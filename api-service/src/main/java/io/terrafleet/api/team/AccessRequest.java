package io.terrafleet.api.team;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.api.access.ProjectAccess;
import io.terrafleet.api.access.WorkspaceAccess;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.problem.Problem;
import java.util.Optional;

/** Reads accesses out of requests. Single things can be set only where the level is {@code custom}. */
final class AccessRequest {
    private AccessRequest() {}

    /** @param before what it was; for a new one, {@link WorkspaceAccess#CUSTOM} */
    static WorkspaceAccess workspace(RequestDocument document, WorkspaceAccess before) {
        String level = document.text("access").orElse(before.level());
        JsonNode given = document.root().path("data").path("attributes");
        Optional<WorkspaceAccess> fixed = WorkspaceAccess.fixed(level);
        if (fixed.isEmpty() && !level.equals("custom")) {
            throw Problem.invalid("access", "Access must be one of read, plan, write, admin, custom");
        }
        WorkspaceAccess wanted = custom(given, fixed.orElse(before), "workspace-locking");
        fixed.ifPresent(same -> requireSame(level, same, wanted));
        return fixed.orElse(wanted);
    }

    /** @param before what it was; for a new one, {@link ProjectAccess#CUSTOM} */
    static ProjectAccess project(RequestDocument document, ProjectAccess before) {
        String level = document.text("access").orElse(before.level());
        JsonNode project = object(document, "project-access");
        JsonNode inside = object(document, "workspace-access");
        Optional<ProjectAccess> fixed = ProjectAccess.fixed(level);
        if (fixed.isEmpty() && !level.equals("custom")) {
            throw Problem.invalid("access", "Access must be one of read, write, maintain, admin, custom");
        }
        ProjectAccess base = fixed.orElse(before);
        ProjectAccess wanted = new ProjectAccess(
                level,
                word(project, "settings", base.settings()),
                word(project, "teams", base.teams()),
                word(project, "variable-sets", base.variableSets()),
                flag(inside, "create", base.create()),
                flag(inside, "move", base.move()),
                flag(inside, "delete", base.delete()),
                custom(inside, base.workspaces(), "locking"));
        if (fixed.isPresent() && (project.size() > 0 || inside.size() > 0) && !same(fixed.get(), wanted)) {
            throw Problem.invalid(
                    "access",
                    "Project access and workspace access are read-only when access level is '" + level
                            + "'; use the 'custom' access level to set these attributes.");
        }
        return fixed.orElse(wanted);
    }

    private static boolean same(ProjectAccess fixed, ProjectAccess wanted) {
        WorkspaceAccess inside = wanted.workspaces();
        return new ProjectAccess(
                        fixed.level(),
                        wanted.settings(),
                        wanted.teams(),
                        wanted.variableSets(),
                        wanted.create(),
                        wanted.move(),
                        wanted.delete(),
                        levelled(inside, fixed.workspaces().level()))
                .equals(fixed);
    }

    private static WorkspaceAccess levelled(WorkspaceAccess access, String level) {
        return new WorkspaceAccess(
                level,
                access.runs(),
                access.variables(),
                access.stateVersions(),
                access.sentinelMocks(),
                access.locking(),
                access.runTasks(),
                access.policyOverrides());
    }

    private static WorkspaceAccess custom(JsonNode given, WorkspaceAccess base, String locking) {
        return new WorkspaceAccess(
                "custom",
                word(given, "runs", base.runs()),
                word(given, "variables", base.variables()),
                word(given, "state-versions", base.stateVersions()),
                word(given, "sentinel-mocks", base.sentinelMocks()),
                flag(given, locking, base.locking()),
                flag(given, "run-tasks", base.runTasks()),
                flag(given, "policy-overrides", base.policyOverrides()));
    }

    private static void requireSame(String level, WorkspaceAccess fixed, WorkspaceAccess wanted) {
        different("runs", level, fixed.runs().equals(wanted.runs()));
        different("variables", level, fixed.variables().equals(wanted.variables()));
        different("state-versions", level, fixed.stateVersions().equals(wanted.stateVersions()));
        different("sentinel-mocks", level, fixed.sentinelMocks().equals(wanted.sentinelMocks()));
        different("workspace-locking", level, fixed.locking() == wanted.locking());
        different("run-tasks", level, fixed.runTasks() == wanted.runTasks());
        different("policy-overrides", level, fixed.policyOverrides() == wanted.policyOverrides());
    }

    private static void different(String attribute, String level, boolean same) {
        if (!same) {
            String words = attribute.replace('-', ' ');
            throw Problem.invalid(
                    attribute,
                    Character.toUpperCase(words.charAt(0)) + words.substring(1)
                            + " is read-only when access level is '" + level
                            + "'; use the 'custom' access level to set this attribute.");
        }
    }

    private static JsonNode object(RequestDocument document, String attribute) {
        JsonNode node = document.raw(attribute);
        if (!node.isMissingNode() && !node.isNull() && !node.isObject()) {
            throw Problem.invalid(attribute, attribute + " must be an object");
        }
        return node;
    }

    private static String word(JsonNode node, String attribute, String otherwise) {
        JsonNode value = node.path(attribute);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isTextual()) {
            throw Problem.invalid(attribute, attribute + " must be a string");
        }
        return value.textValue();
    }

    private static boolean flag(JsonNode node, String attribute, boolean otherwise) {
        JsonNode value = node.path(attribute);
        if (value.isMissingNode() || value.isNull()) {
            return otherwise;
        }
        if (!value.isBoolean()) {
            throw Problem.invalid(attribute, attribute + " must be true or false");
        }
        return value.booleanValue();
    }
}
