package io.terrafleet.api.organization;

import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Rights;
import io.terrafleet.api.document.Resource;
import java.util.Map;
import java.util.TreeMap;

/** An organization as the API shows it: its id is its name. */
public final class OrganizationView {
    private OrganizationView() {}

    /** @param moduleConsumers how many organizations are named that may take its modules */
    static Resource of(Organization organization, String standardProjectId, Rights rights, long moduleConsumers) {
        return of(organization, standardProjectId, rights)
                .with("module-consuming-organizations-count", moduleConsumers);
    }

    public static Resource of(Organization organization, String standardProjectId, Rights rights) {
        String self = "/api/v2/organizations/" + organization.name();
        return Resource.of("organizations", organization.name())
                .with("external-id", organization.id())
                .with("name", organization.name())
                .with("email", organization.email())
                .with("created-at", organization.createdAt())
                .with("session-timeout", organization.traits().sessionTimeout())
                .with("session-remember", organization.traits().sessionRemember())
                .with("collaborator-auth-policy", "password")
                .with("two-factor-conformant", true)
                .with("plan-expired", false)
                .with("plan-expires-at", null)
                .with("plan-is-trial", false)
                .with("plan-is-enterprise", true)
                .with("plan-identifier", "open")
                .with("cost-estimation-enabled", true)
                .with(
                        "send-passing-statuses-for-untriggered-speculative-plans",
                        organization.traits().passingStatuses())
                .with("aggregated-commit-status-enabled", organization.traits().aggregatedCommitStatus())
                .with(
                        "speculative-plan-management-enabled",
                        organization.traits().speculativePlanManagement())
                .with("allow-force-delete-workspaces", organization.allowForceDeleteWorkspaces())
                .with("default-execution-mode", organization.defaultExecutionMode())
                .with("fair-run-queuing-enabled", false)
                .with("saml-enabled", false)
                .with(
                        "owners-team-saml-role-id",
                        organization.traits().ownersTeamSamlRoleId().isEmpty()
                                ? null
                                : organization.traits().ownersTeamSamlRoleId())
                .with("assessments-enforced", false)
                .with("is-in-degraded-mode", false)
                .with("is-unified", false)
                .with("global-module-sharing", organization.limits().sharesModules())
                .with("global-provider-sharing", organization.limits().sharesProviders())
                .with("module-consuming-organizations-count", 0)
                .with("provider-consuming-organizations-count", 0)
                .with("remaining-testable-count", 0)
                .with("stacks-enabled", false)
                .with("recoverable-items-enabled", false)
                .with("over-stacks-resource-limit", false)
                .with("stacks-default-execution-mode", "remote")
                .with("test-generation-enabled", false)
                .with("permissions", permissions(rights))
                .toOne(
                        "default-agent-pool",
                        "agent-pools",
                        organization.traits().defaultAgentPoolId().orElse(null))
                .toOne("default-project", "projects", standardProjectId)
                .related("default-project", "/api/v2/projects/" + standardProjectId)
                .toOne("entitlement-set", "entitlement-sets", organization.id())
                .related("entitlement-set", self + "/entitlement-set")
                .related("authentication-token", self + "/authentication-token")
                .related("audit-trails-authentication-token", self + "/authentication-token?token=audit-trails")
                .related("oauth-tokens", self + "/oauth-tokens")
                .related("module-producers", self + "/relationships/module-producers")
                .related("provider-producers", self + "/relationships/provider-producers")
                .related("data-retention-policy", self + "/relationships/data-retention-policy")
                .link("self", self);
    }

    static Resource entitlements(Organization organization) {
        Resource set = Resource.of("entitlement-sets", organization.id());
        ENTITLEMENTS.forEach(set::with);
        return set.link("self", "/api/v2/entitlement-sets/" + organization.id());
    }

    private static final Map<String, Boolean> ENTITLEMENTS = Map.ofEntries(
            Map.entry("operations", true),
            Map.entry("state-storage", true),
            Map.entry("cost-estimation", true),
            Map.entry("policy-enforcement", true),
            Map.entry("sentinel", false),
            Map.entry("agents", true),
            Map.entry("audit-logging", true),
            Map.entry("configuration-designer", false),
            Map.entry("global-run-tasks", true),
            Map.entry("private-module-registry", true),
            Map.entry("private-run-tasks", false),
            Map.entry("run-tasks", true),
            Map.entry("self-serve-billing", false),
            Map.entry("sso", false),
            Map.entry("teams", true),
            Map.entry("user-limit", false),
            Map.entry("vcs-integrations", true),
            Map.entry("waypoint-actions", false),
            Map.entry("waypoint-templates-and-addons", false));

    private static Map<String, Boolean> permissions(Rights rights) {
        Map<String, Boolean> permissions = new TreeMap<>();
        PERMISSIONS.forEach((word, needed) -> permissions.put(word, rights.may(needed)));
        for (String notServed : NOT_SERVED) {
            permissions.put(notServed, false);
        }
        return permissions;
    }

    private static final Map<String, Permission> PERMISSIONS = Map.ofEntries(
            Map.entry("can-traverse", Permission.READ),
            Map.entry("can-view-users", Permission.READ),
            Map.entry("can-view-usage", Permission.READ),
            Map.entry("can-read-policies", Permission.READ),
            Map.entry("can-read-varsets", Permission.READ_VARIABLE_SETS),
            Map.entry("can-read-run-tasks", Permission.READ),
            Map.entry("can-read-assessments", Permission.READ),
            Map.entry("can-create-workspace", Permission.CREATE_WORKSPACE),
            Map.entry("can-create-project", Permission.MANAGE_PROJECTS),
            Map.entry("can-manage-tags", Permission.MANAGE_WORKSPACES),
            Map.entry("can-manage-varsets", Permission.MANAGE_VARIABLE_SETS),
            Map.entry("can-create-module", Permission.MANAGE_MODULES),
            Map.entry("can-create-provider", Permission.MANAGE_PROVIDERS),
            Map.entry("can-manage-custom-providers", Permission.MANAGE_PROVIDERS),
            Map.entry("can-create-team", Permission.MANAGE_TEAMS),
            Map.entry("can-manage-users", Permission.MANAGE_MEMBERSHIP),
            Map.entry("can-manage-run-tasks", Permission.MANAGE_RUN_TASKS),
            Map.entry("can-update-agent-pools", Permission.MANAGE_AGENT_POOLS),
            Map.entry("can-update-oauth", Permission.MANAGE_VCS_SETTINGS),
            Map.entry("can-update-ssh-keys", Permission.MANAGE_VCS_SETTINGS),
            Map.entry("can-update-sentinel", Permission.MANAGE_POLICIES),
            Map.entry("can-access-via-teams", Permission.READ),
            Map.entry("can-update", Permission.OWN),
            Map.entry("can-destroy", Permission.OWN),
            Map.entry("can-update-authentication-token", Permission.OWN),
            Map.entry("can-update-api-token", Permission.OWN),
            Map.entry("can-view-authentication", Permission.OWN));

    private static final String[] NOT_SERVED = {
        "can-create-project-in-hcp",
        "can-deploy-no-code-modules",
        "can-enable-stacks",
        "can-manage-assessments",
        "can-manage-groups-in-hcp",
        "can-manage-no-code-modules",
        "can-manage-org-public-modules",
        "can-manage-org-public-providers",
        "can-manage-public-modules",
        "can-manage-public-providers",
        "can-manage-recoverable-items",
        "can-manage-sso",
        "can-manage-subscription",
        "can-update-hyok-configuration",
        "can-view-explorer"
    };
}
