package io.terrafleet.api.access;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The door to what teams may do in single workspaces and projects. */
@ApplicationScoped
public class Accesses {
    private final TeamStore store;
    private final RandomGenerator random;

    Accesses(TeamStore store, @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.random = random;
    }

    /** @param id {@code tws-} and 16 letters or digits */
    public record TeamWorkspace(String id, String teamId, String workspaceId, WorkspaceAccess access) {}

    /** @param id {@code tprj-} and 16 letters or digits */
    public record TeamProject(String id, String teamId, String projectId, ProjectAccess access) {}

    @Transactional
    public Optional<TeamWorkspace> onWorkspace(String id) {
        return store.teamWorkspace(id).map(Accesses::view);
    }

    @Transactional
    public Optional<TeamProject> onProject(String id) {
        return store.teamProject(id).map(Accesses::view);
    }

    @Transactional
    public List<TeamWorkspace> ofWorkspace(String workspaceId) {
        return store.teamsOfWorkspace(workspaceId).stream().map(Accesses::view).toList();
    }

    @Transactional
    public List<TeamProject> ofProject(String projectId) {
        return store.teamsOfProject(projectId).stream().map(Accesses::view).toList();
    }

    /** To workspaces; at most 2,000. */
    @Transactional
    public List<TeamWorkspace> toWorkspaces(String teamId) {
        return store.workspacesOf(teamId).stream().map(Accesses::view).toList();
    }

    /** To projects; at most 2,000. */
    @Transactional
    public List<TeamProject> toProjects(String teamId) {
        return store.projectsOf(teamId).stream().map(Accesses::view).toList();
    }

    /** Refused with 422 when the team has an access to the workspace already. */
    @Transactional
    public TeamWorkspace giveWorkspace(String teamId, String workspaceId, WorkspaceAccess access) {
        if (!store.onWorkspaces(List.of(teamId), List.of(workspaceId)).isEmpty()) {
            throw taken();
        }
        TeamWorkspaceEntity row = new TeamWorkspaceEntity();
        row.id = Ids.make("tws", random);
        row.teamId = teamId;
        row.workspaceId = workspaceId;
        row.take(access);
        store.add(row);
        store.flush(taken());
        return view(row);
    }

    /** Refused with 422 when the team has an access to the project already. */
    @Transactional
    public TeamProject giveProject(String teamId, String projectId, ProjectAccess access) {
        if (!store.onProjects(List.of(teamId), List.of(projectId)).isEmpty()) {
            throw taken();
        }
        TeamProjectEntity row = new TeamProjectEntity();
        row.id = Ids.make("tprj", random);
        row.teamId = teamId;
        row.projectId = projectId;
        row.take(access);
        store.add(row);
        store.flush(taken());
        return view(row);
    }

    @Transactional
    public TeamWorkspace changeWorkspace(String id, WorkspaceAccess access) {
        TeamWorkspaceEntity row = store.teamWorkspace(id).orElseThrow(Problem::notFound);
        row.take(access);
        return view(row);
    }

    @Transactional
    public TeamProject changeProject(String id, ProjectAccess access) {
        TeamProjectEntity row = store.teamProject(id).orElseThrow(Problem::notFound);
        row.take(access);
        return view(row);
    }

    @Transactional
    public void takeWorkspace(String id) {
        store.teamWorkspace(id).ifPresent(store::remove);
    }

    @Transactional
    public void takeProject(String id) {
        store.teamProject(id).ifPresent(store::remove);
    }

    private static Problem taken() {
        return Problem.invalidRelationship("team", "Team has already been added");
    }

    private static TeamWorkspace view(TeamWorkspaceEntity row) {
        return new TeamWorkspace(row.id, row.teamId, row.workspaceId, row.given());
    }

    private static TeamProject view(TeamProjectEntity row) {
        return new TeamProject(row.id, row.teamId, row.projectId, row.given());
    }
}
