package io.terrafleet.api.organization;

import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Rights;
import io.terrafleet.api.document.Resource;
import java.util.Map;
import java.util.TreeMap;

/** A project as the API shows it. */
public final class ProjectView {
    private ProjectView() {}

    public static Resource of(Project project, Organization organization, Rights rights) {
        return Resource.of("projects", project.id())
                .with("name", project.name())
                .with("description", project.description())
                .with("created-at", project.createdAt())
                .with("auto-destroy-activity-duration", null)
                .with("default-execution-mode", project.executionMode().orElse(organization.defaultExecutionMode()))
                .with("stacks-default-execution-mode", "remote")
                .with(
                        "setting-overwrites",
                        Map.of(
                                "default-execution-mode",
                                project.executionMode().isPresent(),
                                "default-agent-pool",
                                project.executionMode().isPresent(),
                                "stacks-default-execution-mode",
                                false,
                                "stacks-default-agent-pool",
                                false))
                .with("permissions", permissions(project, rights))
                .with("workspace-count", null)
                .with("team-count", null)
                .with("is-unified", false)
                .toOne("organization", "organizations", organization.name())
                .related("organization", "/api/v2/organizations/" + organization.name())
                .related("tag-bindings", "/api/v2/projects/" + project.id() + "/tag-bindings")
                .toOne(
                        "default-agent-pool",
                        "agent-pools",
                        (project.executionMode().isPresent()
                                        ? project.agentPoolId()
                                        : organization.traits().defaultAgentPoolId())
                                .orElse(null))
                .link("self", "/api/v2/projects/" + project.id());
    }

    private static Map<String, Boolean> permissions(Project project, Rights rights) {
        Map<String, Boolean> permissions = new TreeMap<>();
        permissions.put("can-read", rights.may(Permission.READ));
        permissions.put("can-update", rights.may(Permission.UPDATE_PROJECT));
        permissions.put("can-manage-tags", rights.may(Permission.UPDATE_PROJECT));
        permissions.put("can-destroy", rights.may(Permission.DELETE_PROJECT) && !project.standard());
        permissions.put("can-create-workspace", rights.may(Permission.CREATE_WORKSPACE));
        permissions.put("can-move-workspace", rights.may(Permission.MOVE_WORKSPACE));
        permissions.put("can-read-teams", rights.may(Permission.READ_PROJECT_TEAMS));
        permissions.put("can-manage-teams", rights.may(Permission.MANAGE_PROJECT_TEAMS));
        permissions.put("can-manage-varsets", rights.may(Permission.MANAGE_VARIABLE_SETS));
        for (String notServed : new String[] {
            "can-move-stack",
            "can-manage-stacks",
            "can-view-stacks",
            "can-update-stacks",
            "can-deploy-no-code-modules",
            "can-manage-in-hcp",
            "can-manage-ephemeral-workspace-for-projects"
        }) {
            permissions.put(notServed, false);
        }
        return permissions;
    }
}
