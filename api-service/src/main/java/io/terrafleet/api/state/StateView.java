package io.terrafleet.api.state;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.api.document.PublicUrl;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.secret.AddressKey;
import io.terrafleet.contracts.RunId;
import jakarta.inject.Singleton;
import java.util.Map;
import java.util.Optional;

/** State versions and outputs as the TFE API shows them. */
@Singleton
class StateView {
    private final PublicUrl url;

    StateView(PublicUrl url) {
        this.url = url;
    }

    /** @param key present in the answer to a promise only */
    Resource of(StateVersion state, Surroundings surroundings, Optional<AddressKey> key) {
        boolean finalized = state.content().isPresent();
        String self = "/api/v2/state-versions/" + state.id();
        JsonNode summary = state.summary();
        return Resource.of("state-versions", state.id())
                .with("created-at", state.createdAt())
                .with("size", state.content().map(content -> content.size()))
                .with("hosted-state-download-url", finalized ? url.of(self + "/download") : null)
                .with("hosted-json-state-download-url", state.hasJson() ? url.of(self + "/json-download") : null)
                .with("hosted-state-upload-url", key.map(it -> url.of(StateUploadResource.path(state.id(), it))))
                .with(
                        "hosted-json-state-upload-url",
                        key.map(it -> url.of(StateUploadResource.jsonPath(state.id(), it))))
                .with("modules", finalized ? summary.path("modules") : null)
                .with("providers", finalized ? summary.path("providers") : null)
                .with("resources", finalized ? summary.path("resources") : null)
                .with("resources-processed", finalized)
                .with("serial", state.serial())
                .with("md5", state.md5())
                .with("lineage", state.lineage())
                .with("state-version", finalized ? state.format() : null)
                .with("status", state.status())
                .with("terraform-version", finalized ? state.terraformVersion() : null)
                .with("vcs-commit-url", surroundings.commitUrl())
                .with("vcs-commit-sha", surroundings.commit())
                .with("intermediate", false)
                .with("billable-rum-count", state.managedResources())
                .with(
                        "permissions",
                        Map.of("can-restore-backing-data", state.status().equals("backing_data_soft_deleted")))
                .toOne("run", "runs", state.run().map(RunId::value).orElse(null))
                .toOne(
                        "created-by",
                        "users",
                        state.createdById().filter(id -> id.startsWith("user-")).orElse(null))
                .toOne("workspace", "workspaces", state.workspace().value())
                .toOne(
                        "rollback-state-version",
                        "state-versions",
                        state.rollbackOf().orElse(null))
                .toOne(
                        "previous-state-version",
                        "state-versions",
                        surroundings.previous().orElse(null))
                .toOne(
                        "next-state-version",
                        "state-versions",
                        surroundings.next().orElse(null))
                .toMany("outputs", "state-version-outputs", surroundings.outputs())
                .link("self", self);
    }

    static Resource of(StateOutput output) {
        JsonNode type = output.type();
        return Resource.of("state-version-outputs", output.id())
                .with("name", output.name())
                .with("sensitive", output.sensitive())
                .with("type", (type.isArray() ? type.path(0) : type).asText())
                .with("value", output.value())
                .with("detailed-type", type)
                .link("self", "/api/v2/state-version-outputs/" + output.id());
    }
}
