package io.terrafleet.api.module;

import io.terrafleet.api.document.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A module and its versions in the words of the TFE API. */
final class ModuleView {
    private ModuleView() {}

    static String path(String organization, Module module) {
        return "/api/v2/organizations/" + organization + "/registry-modules/private/" + organization + "/"
                + module.name() + "/" + module.provider();
    }

    static Resource of(Module module, String organization, boolean mayChange) {
        return Resource.of("registry-modules", module.id())
                .with("name", module.name())
                .with("namespace", organization)
                .with("provider", module.provider())
                .with("registry-name", "private")
                .with("status", module.status())
                .with("publishing-mechanism", mechanism(module))
                .with("no-code", false)
                .with("vcs-repo", module.source().map(ModuleView::repository))
                .with("test-config", null)
                .with(
                        "version-statuses",
                        module.versions().stream().map(ModuleView::status).toList())
                .with("created-at", module.createdAt())
                .with("updated-at", module.updatedAt())
                .with(
                        "permissions",
                        Map.of(
                                "can-delete",
                                mayChange,
                                "can-resync",
                                mayChange && module.source().isPresent(),
                                "can-retry",
                                mayChange))
                .toOne("organization", "organizations", organization)
                .link("self", path(organization, module));
    }

    private static String mechanism(Module module) {
        return module.source()
                .map(source -> source.fromTags() ? "git_tag" : "branch")
                .orElse("non_vcs");
    }

    private static Map<String, Object> repository(ModuleSource source) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("identifier", source.identifier());
        json.put("display-identifier", source.identifier());
        json.put("oauth-token-id", source.oauthTokenId().orElse(""));
        json.put("branch", source.branch());
        json.put("tags", source.fromTags());
        json.put("tag-prefix", source.tagPrefix());
        json.put("source-directory", source.directory());
        json.put("ingress-submodules", false);
        source.error().ifPresent(error -> json.put("error", error));
        return json;
    }

    private static Map<String, Object> status(Module.Version version) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("version", version.number());
        json.put("status", version.status());
        version.error().ifPresent(error -> json.put("error", error));
        return json;
    }

    static Resource version(Module module, Module.Version version) {
        return Resource.of("registry-module-versions", version.id())
                .with("source", module.source().isPresent() ? "tfe-vcs" : "tfe-api")
                .with("status", version.status())
                .with("version", version.number())
                .with("commit-sha", version.commitSha())
                .with("error", version.error())
                .with("created-at", version.createdAt())
                .with("updated-at", version.updatedAt())
                .toOne("registry-module", "registry-modules", module.id());
    }

    /** As {@code terraform init} and browsers of registries read it. */
    static Map<String, Object> registry(Module module, Module.Version version, String organization) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("id", organization + "/" + module.name() + "/" + module.provider() + "/" + version.number());
        json.put("owner", organization);
        json.put("namespace", organization);
        json.put("name", module.name());
        json.put("version", version.number());
        json.put("provider", module.provider());
        json.put("description", "");
        json.put("source", module.source().map(ModuleSource::identifier).orElse(""));
        json.put("published_at", version.createdAt().toString());
        json.put("downloads", 0);
        json.put("verified", false);
        json.put(
                "versions",
                module.versions().stream()
                        .filter(Module.Version::ready)
                        .map(Module.Version::number)
                        .toList());
        json.put("providers", List.of(module.provider()));
        return json;
    }
}
