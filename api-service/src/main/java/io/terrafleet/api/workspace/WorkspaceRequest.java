package io.terrafleet.api.workspace;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.organization.TagRules;
import io.terrafleet.api.problem.Problem;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A workspace as a client writes it. A wish for what is not served is refused, not forgotten.
 */
final class WorkspaceRequest {
    private WorkspaceRequest() {}

    static WorkspaceSettings settings(RequestDocument document) {
        refuseWhatIsNotServed(document);
        return new WorkspaceSettings(
                document.text("name"),
                document.related("project"),
                resettable(document, "description"),
                document.flag("auto-apply"),
                executionMode(document),
                document.text("engine"),
                document.text("terraform-version"),
                resettable(document, "working-directory"),
                document.flag("allow-destroy-plan"),
                document.flag("queue-all-runs"),
                document.flag("structured-run-output-enabled"),
                traits(document),
                resettable(document, "agent-pool-id"),
                ownExecutionMode(document));
    }

    private static TraitSettings traits(RequestDocument document) {
        return new TraitSettings(
                document.flag("auto-apply-run-trigger"),
                document.flag("speculative-enabled"),
                document.flag("file-triggers-enabled"),
                document.isNull("trigger-prefixes") ? Optional.of(List.of()) : document.texts("trigger-prefixes"),
                document.isNull("trigger-patterns") ? Optional.of(List.of()) : document.texts("trigger-patterns"),
                resettable(document, "source-name"),
                resettable(document, "source-url"),
                document.flag("global-remote-state"),
                document.flag("project-remote-state"),
                resettable(document, "auto-destroy-at"),
                resettable(document, "auto-destroy-activity-duration"),
                RepoSettings.read(document));
    }

    /** From both relationships {@code tags} and {@code tag-bindings}; empty when the request says nothing about tags. */
    static Optional<Map<String, String>> tags(RequestDocument document) {
        if (!document.hasRelationship("tags") && !document.hasRelationship("tag-bindings")) {
            return Optional.empty();
        }
        Map<String, String> tags = new TreeMap<>();
        flat(document.relatedList("tags")).forEach(name -> tags.put(name, ""));
        tags.putAll(TagRules.bindings(document.relatedList("tag-bindings")));
        return Optional.of(tags);
    }

    /** Names of {@code {"type":"tags","attributes":{"name":…}}}, or of {@code {"type":"tags","id":…}} as this API gives ids. */
    static List<String> flat(List<JsonNode> items) {
        List<String> names = new ArrayList<>();
        for (JsonNode item : items) {
            JsonNode name = item.path("attributes").path("name");
            JsonNode id = item.path("id");
            if (name.isTextual() && !name.textValue().isEmpty()) {
                names.add(name.textValue());
            } else if (id.isTextual() && !id.textValue().isEmpty()) {
                names.add(TagView.nameOf(id.textValue()));
            } else {
                throw Problem.invalid("name", "Name can't be blank: every tag needs a name or an id");
            }
        }
        return names;
    }

    private static Optional<String> resettable(RequestDocument document, String attribute) {
        return document.isNull(attribute) ? Optional.of("") : document.text(attribute);
    }

    private static Optional<String> executionMode(RequestDocument document) {
        return document.text("execution-mode")
                .or(() -> document.flag("operations").map(remote -> remote ? "remote" : "local"));
    }

    /** What {@code setting-overwrites} says of execution mode and agent pool, which go together. */
    private static Optional<Boolean> ownExecutionMode(RequestDocument document) {
        JsonNode overwrites = document.raw("setting-overwrites");
        Optional<Boolean> mode = flag(overwrites, "execution-mode");
        Optional<Boolean> pool = flag(overwrites, "agent-pool");
        if (mode.isPresent() && pool.isPresent() && !mode.equals(pool)) {
            throw Problem.invalid(
                    "setting-overwrites",
                    "If agent-pool and execution-mode are both included in setting-overwrites, their values must be the same.");
        }
        return mode.or(() -> pool);
    }

    private static Optional<Boolean> flag(JsonNode overwrites, String name) {
        JsonNode value = overwrites.path(name);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        if (!value.isBoolean()) {
            throw Problem.invalid("setting-overwrites", "Setting overwrites must say true or false for " + name);
        }
        return Optional.of(value.booleanValue());
    }

    private static void refuseWhatIsNotServed(RequestDocument document) {
        for (String attribute : List.of("assessments-enabled")) {
            if (document.flag(attribute).orElse(false)) {
                throw Problem.invalid(attribute, "This setting is not served yet and can only be false");
            }
        }
    }
}
