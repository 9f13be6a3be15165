package io.terrafleet.api.team;

import io.terrafleet.api.access.Accesses.TeamProject;
import io.terrafleet.api.access.Accesses.TeamWorkspace;
import io.terrafleet.api.access.ProjectAccess;
import io.terrafleet.api.access.WorkspaceAccess;
import io.terrafleet.api.document.Resource;
import java.util.Map;
import java.util.TreeMap;

/** Accesses of teams as the API shows them. */
final class AccessView {
    private AccessView() {}

    static Resource of(TeamWorkspace given) {
        Resource resource = Resource.of("team-workspaces", given.id())
                .with("access", given.access().level());
        words(given.access(), "workspace-locking").forEach(resource::with);
        return resource.toOne("team", "teams", given.teamId())
                .related("team", "/api/v2/teams/" + given.teamId())
                .toOne("workspace", "workspaces", given.workspaceId())
                .related("workspace", "/api/v2/workspaces/" + given.workspaceId())
                .link("self", "/api/v2/team-workspaces/" + given.id());
    }

    static Resource of(TeamProject given) {
        ProjectAccess access = given.access();
        Map<String, Object> inside = words(access.workspaces(), "locking");
        inside.put("create", access.create());
        inside.put("move", access.move());
        inside.put("delete", access.delete());
        return Resource.of("team-projects", given.id())
                .with("access", access.level())
                .with(
                        "project-access",
                        Map.of(
                                "settings", access.settings(),
                                "teams", access.teams(),
                                "variable-sets", access.variableSets()))
                .with("workspace-access", inside)
                .toOne("team", "teams", given.teamId())
                .related("team", "/api/v2/teams/" + given.teamId())
                .toOne("project", "projects", given.projectId())
                .related("project", "/api/v2/projects/" + given.projectId())
                .link("self", "/api/v2/team-projects/" + given.id());
    }

    private static Map<String, Object> words(WorkspaceAccess access, String locking) {
        Map<String, Object> words = new TreeMap<>();
        words.put("runs", access.runs());
        words.put("variables", access.variables());
        words.put("state-versions", access.stateVersions());
        words.put("sentinel-mocks", access.sentinelMocks());
        words.put(locking, access.locking());
        words.put("run-tasks", access.runTasks());
        words.put("policy-overrides", access.policyOverrides());
        return words;
    }
}
