package io.terrafleet.api.variable;

import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import java.util.Optional;

/** A variable as the API writes and reads it. */
final class VariableView {
    private VariableView() {}

    static Resource of(Variable variable) {
        String workspace = variable.workspace().value();
        return Resource.of("vars", variable.id())
                .with("key", variable.key())
                .with("value", variable.value())
                .with("sensitive", variable.sensitive())
                .with("category", variable.category())
                .with("hcl", variable.hcl())
                .with("created-at", variable.createdAt())
                .with("description", variable.description())
                .with("version-id", variable.versionId())
                .toOne("configurable", "workspaces", workspace)
                .related("configurable", "/api/v2/workspaces/" + workspace)
                .link("self", "/api/v2/workspaces/" + workspace + "/vars/" + variable.id());
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
