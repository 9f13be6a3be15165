package io.terrafleet.api.policy;

import io.terrafleet.api.document.Resource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Policies, sets and parameters as the TFE API shows them. */
final class PolicyView {
    private PolicyView() {}

    static Resource of(Policy policy, String organizationName) {
        String self = "/api/v2/policies/" + policy.id();
        Resource resource = Resource.of("policies", policy.id())
                .with("name", policy.name())
                .with("description", policy.description().isEmpty() ? null : policy.description())
                .with("kind", "opa")
                .with("query", policy.query())
                .with("enforcement-level", policy.enforcement().word())
                .with(
                        "enforce",
                        List.of(Map.of(
                                "path",
                                policy.name() + ".rego",
                                "mode",
                                policy.enforcement().word())))
                .with("policy-set-count", policy.policySetIds().size())
                .with("library", policy.library())
                .with("updated-at", policy.uploadedAt())
                .toOne("organization", "organizations", organizationName)
                .toMany("policy-sets", "policy-sets", policy.policySetIds())
                .link("self", self);
        if (!policy.library()) {
            resource.link("upload", self + "/upload");
        }
        if (policy.hasText()) {
            resource.link("download", self + "/download");
        }
        return resource;
    }

    static Resource of(PolicySet set, String organizationName) {
        return Resource.of("policy-sets", set.id())
                .with("name", set.name())
                .with("description", set.description().isEmpty() ? null : set.description())
                .with("kind", "opa")
                .with("global", set.global())
                .with("overridable", set.overridable())
                .with("library", set.library())
                .with("agent-enabled", !set.terms().legacy())
                .with("undecided-blocks", set.terms().undecidedBlocks())
                .with("required-approvals", set.terms().requiredApprovals())
                .with("author-may-override", set.terms().authorMayOverride())
                .with("engine-url", set.terms().engine())
                .with("engine-reads-cost", set.terms().engineReadsCost())
                .with("allowed-functions", set.terms().functions())
                .with("policy-tool-version", null)
                .with("policies-path", set.source().map(PolicySetSource::path).filter(path -> !path.isEmpty()))
                .with("policy-count", set.policyIds().size())
                .with("workspace-count", set.targets(Reach.WORKSPACES).size())
                .with("project-count", set.targets(Reach.PROJECTS).size())
                .with("versioned", set.newestVersionId().isPresent())
                .with("vcs-repo", set.source().map(PolicyView::repository))
                .with("vcs-error", set.source().flatMap(PolicySetSource::error))
                .with("policy-update-patterns", List.of())
                .with("tag-selectors", selectors(set))
                .with("scoping-type", set.selectors().isEmpty() ? "explicit" : "tag")
                .with("created-at", set.createdAt())
                .with("updated-at", set.updatedAt())
                .toOne("organization", "organizations", organizationName)
                .toOne(
                        "current-version",
                        "policy-set-versions",
                        set.currentVersionId().orElse(null))
                .toOne(
                        "newest-version",
                        "policy-set-versions",
                        set.newestVersionId().orElse(null))
                .toMany("policies", "policies", set.policyIds())
                .toMany("workspaces", "workspaces", set.targets(Reach.WORKSPACES))
                .toMany("projects", "projects", set.targets(Reach.PROJECTS))
                .toMany("workspace-exclusions", "workspaces", set.targets(Reach.WORKSPACE_EXCLUSIONS))
                .toMany("project-exclusions", "projects", set.targets(Reach.PROJECT_EXCLUSIONS))
                .link("self", "/api/v2/policy-sets/" + set.id());
    }

    private static Map<String, Object> repository(PolicySetSource source) {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("identifier", source.identifier());
        json.put("display-identifier", source.identifier());
        json.put("branch", source.branch());
        json.put("ingress-submodules", source.submodules());
        source.oauthTokenId().ifPresent(id -> json.put("oauth-token-id", id));
        return json;
    }

    private static List<Map<String, Object>> selectors(PolicySet set) {
        return set.selectors().stream()
                .map(selector -> {
                    Map<String, Object> json = new LinkedHashMap<>();
                    json.put("tag-key", selector.key());
                    json.put("tag-value", selector.value().orElse(null));
                    json.put("is-exclude", selector.excludes());
                    return json;
                })
                .toList();
    }

    static Resource of(PolicyParameter parameter) {
        return Resource.of("vars", parameter.id())
                .with("key", parameter.key())
                .with("value", parameter.sensitive() ? null : parameter.value())
                .with("sensitive", parameter.sensitive())
                .with("category", "policy-set")
                .with("hcl", false)
                .with("description", null)
                .toOne("configurable", "policy-sets", parameter.policySetId())
                .link("self", "/api/v2/policy-sets/" + parameter.policySetId() + "/parameters/" + parameter.id());
    }
}
