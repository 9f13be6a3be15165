package io.terrafleet.api.configuration;

import io.terrafleet.api.document.Resource;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;

/** A configuration version as the TFE API shows it. */
public final class ConfigurationView {
    private ConfigurationView() {}

    /** The address of the upload is shown once, by {@link #promised}; here it is null. */
    public static Resource of(ConfigurationVersion configuration) {
        return resource(configuration, Optional.empty());
    }

    static Resource promised(ConfigurationVersion configuration, String uploadUrl) {
        return resource(configuration, Optional.of(uploadUrl));
    }

    private static Resource resource(ConfigurationVersion configuration, Optional<String> uploadUrl) {
        String self = "/api/v2/configuration-versions/" + configuration.id();
        Resource resource = Resource.of("configuration-versions", configuration.id())
                .with("auto-queue-runs", configuration.autoQueueRuns())
                .with("error", configuration.errorMessage().map(message -> "archive_refused"))
                .with("error-message", configuration.errorMessage())
                .with("source", configuration.source())
                .with("speculative", configuration.speculative())
                .with("provisional", configuration.provisional())
                .with("status", configuration.status())
                .with("status-timestamps", timestamps(configuration))
                .with("changed-files", java.util.List.of())
                .with("upload-url", uploadUrl)
                .toOne(
                        "ingress-attributes",
                        "ingress-attributes",
                        configuration.ingressId().orElse(null))
                .link("self", self);
        configuration.archive().ifPresent(archive -> resource.link("download", self + "/download"));
        return resource;
    }

    /** The commit that it is; empty for an upload. */
    public static Optional<Resource> ingress(ConfigurationVersion configuration) {
        return configuration.ingress().map(known -> Resource.of(
                        "ingress-attributes", configuration.ingressId().orElseThrow())
                .with("branch", known.branch())
                .with("clone-url", known.cloneUrl())
                .with("commit-message", known.commitMessage())
                .with("commit-sha", known.commitSha())
                .with("commit-url", known.commitUrl())
                .with("compare-url", known.compareUrl())
                .with("identifier", known.identifier())
                .with("is-pull-request", known.pullRequest())
                .with("on-default-branch", known.onDefaultBranch())
                .with("pull-request-number", known.pullRequest() ? known.pullRequestNumber() : null)
                .with("pull-request-url", known.pullRequestUrl())
                .with("pull-request-title", known.pullRequestTitle())
                .with("pull-request-body", known.pullRequestBody())
                .with("tag", known.tag().isEmpty() ? null : known.tag())
                .with("sender-username", known.senderUsername())
                .with("sender-avatar-url", known.senderAvatarUrl())
                .with("sender-html-url", known.senderHtmlUrl())
                .link("self", "/api/v2/configuration-versions/" + configuration.id() + "/ingress-attributes"));
    }

    private static Map<String, Instant> timestamps(ConfigurationVersion configuration) {
        Map<String, Instant> timestamps = new LinkedHashMap<>();
        configuration.uploadedAt().ifPresent(at -> timestamps.put("uploaded-at", at));
        configuration.erroredAt().ifPresent(at -> timestamps.put("errored-at", at));
        configuration.archivedAt().ifPresent(at -> timestamps.put("archived-at", at));
        return timestamps;
    }
}
