package io.terrafleet.api.variable;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.contracts.WorkspaceId;
import java.util.Optional;

/** A variable as the API writes and reads it. */
final class VariableView {
    private VariableView() {}

    static Resource of(Variable variable) {
        Resource resource = Resource.of("vars", variable.id())
                .with("key", variable.key())
                .with("value", variable.value())
                .with("sensitive", variable.sensitive())
                .with("category", variable.category())
                .with("hcl", variable.hcl())
                .with("created-at", variable.createdAt())
                .with("description", variable.description())
                .with("version-id", variable.versionId());
        return switch (variable.owner()) {
            case VariableOwner.OfWorkspace(WorkspaceId workspace) ->
                resource.toOne("workspace", "workspaces", workspace.value())
                        .toOne("configurable", "workspaces", workspace.value())
                        .related("configurable", "/api/v2/workspaces/" + workspace)
                        .link("self", "/api/v2/workspaces/" + workspace + "/vars/" + variable.id());
            case VariableOwner.OfSet(String set) ->
                resource.toOne("varset", "varsets", set)
                        .related("varset", "/api/v2/varsets/" + set)
                        .link("self", "/api/v2/varsets/" + set + "/relationships/vars/" + variable.id());
        };
    }

    static Resource of(Variables.Reaching reaching) {
        Resource resource = of(reaching.variable()).toMany("overwritten", "vars", reaching.overwritten());
        reaching.overwriter().ifPresent(winner -> resource.toOne("overwriter", "vars", winner));
        return resource;
    }

    /** A variable inside another document: {@code {"type":"vars","attributes":{…}}}. */
    static VariableSettings settings(JsonNode linkage) {
        ObjectNode document = JsonNodeFactory.instance.objectNode();
        document.set("data", linkage);
        RequestDocument request = RequestDocument.of(document);
        request.required("key");
        return settings(request);
    }

    static VariableSettings settings(RequestDocument document) {
        return new VariableSettings(
                document.text("key", 255),
                document.isNull("value") ? Optional.of("") : document.text("value", VariableSettings.LONGEST_VALUE),
                document.text("category"),
                document.flag("sensitive"),
                document.flag("hcl"),
                document.isNull("description") ? Optional.of("") : document.text("description"));
    }
}
