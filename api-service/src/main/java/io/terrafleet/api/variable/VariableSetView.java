package io.terrafleet.api.variable;

import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.problem.Problem;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A variable set as the API writes and reads it. */
final class VariableSetView {
    private VariableSetView() {}

    /** @param variables of the set */
    static Resource of(VariableSet set, String organizationName, List<Variable> variables, boolean mayChange) {
        Resource resource = Resource.of("varsets", set.id())
                .with("name", set.name())
                .with("description", set.description())
                .with("global", set.global())
                .with("priority", set.priority())
                .with("updated-at", set.updatedAt())
                .with("var-count", variables.size())
                .with("workspace-count", set.workspaceIds().size())
                .with("project-count", set.projectIds().size())
                .with("stack-count", 0)
                .with("permissions", Map.of("can-update", mayChange))
                .toOne("organization", "organizations", organizationName)
                .toMany("vars", "vars", variables.stream().map(Variable::id).toList())
                .toMany(
                        "workspaces",
                        "workspaces",
                        set.workspaceIds().stream().sorted().toList())
                .toMany(
                        "projects",
                        "projects",
                        set.projectIds().stream().sorted().toList())
                .link("self", "/api/v2/varsets/" + set.id());
        set.projectId()
                .ifPresentOrElse(
                        project -> resource.toOne("parent", "projects", project),
                        () -> resource.toOne("parent", "organizations", organizationName));
        return resource;
    }

    static VariableSetSettings settings(RequestDocument request) {
        return new VariableSetSettings(
                request.text("name"),
                request.isNull("description") ? Optional.of("") : request.text("description"),
                request.flag("global"),
                request.flag("priority"),
                owningProject(request),
                request.relatedIds("workspaces"),
                request.relatedIds("projects"));
    }

    /** {@code parent} names an organization or a project. */
    private static Optional<String> owningProject(RequestDocument request) {
        String type = request.root()
                .path("data")
                .path("relationships")
                .path("parent")
                .path("data")
                .path("type")
                .asText("organizations");
        return switch (type) {
            case "organizations" -> Optional.empty();
            case "projects" -> request.related("parent");
            default ->
                throw Problem.invalidRelationship("parent", "Parent must be one of \"organizations\" or \"projects\"");
        };
    }
}
