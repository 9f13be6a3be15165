package io.terrafleet.api.team;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Accesses;
import io.terrafleet.api.access.Accesses.TeamWorkspace;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Place;
import io.terrafleet.api.access.Rights;
import io.terrafleet.api.access.Teams.Team;
import io.terrafleet.api.access.WorkspaceAccess;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.WorkspaceId;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What teams may do in a workspace. */
@Path("/api/v2/team-workspaces")
@RunOnVirtualThread
public class TeamWorkspaceResource {
    private final Accesses accesses;
    private final Workspaces workspaces;
    private final VisibleTeams visible;
    private final Grants grants;
    private final Caller caller;

    TeamWorkspaceResource(
            Accesses accesses, Workspaces workspaces, VisibleTeams visible, Grants grants, Caller caller) {
        this.accesses = accesses;
        this.workspaces = workspaces;
        this.visible = visible;
        this.grants = grants;
        this.caller = caller;
    }

    /** Of a workspace, of a team in the workspaces that the caller sees, or of both. */
    @GET
    @Needs(Permission.READ)
    @Transactional
    public Response list(
            @QueryParam("filter[workspace][id]") @Nullable String id,
            @QueryParam("filter[team][id]") @Nullable String team,
            @Context UriInfo uri) {
        return Documents.slice(wanted(id, team).stream().map(AccessView::of).toList(), uri);
    }

    private List<TeamWorkspace> wanted(@Nullable String id, @Nullable String team) {
        if (id != null) {
            Workspace workspace = workspaces.permitted(caller.principal(), id, Permission.READ);
            return accesses.ofWorkspace(workspace.id().value()).stream()
                    .filter(access -> team == null || access.teamId().equals(team))
                    .filter(access -> visible.sees(caller.principal(), access.teamId()))
                    .toList();
        }
        if (team == null) {
            throw Problem.malformed("filter[workspace][id] or filter[team][id] is required");
        }
        Team seen = visible.seen(caller.principal(), team);
        List<TeamWorkspace> all = accesses.toWorkspaces(seen.id());
        Map<WorkspaceId, Place> places = workspaces.places(all.stream()
                .map(access -> new WorkspaceId(access.workspaceId()))
                .toList());
        Map<Place, Rights> rights =
                grants.rights(caller.principal(), seen.organizationId(), Set.copyOf(places.values()));
        return all.stream()
                .filter(access -> {
                    Place place = places.get(new WorkspaceId(access.workspaceId()));
                    return place != null
                            && rights.getOrDefault(place, Rights.NONE).may(Permission.READ);
                })
                .toList();
    }

    /** Relationships {@code team} and {@code workspace}; attribute {@code access}, and single things where it is {@code custom}. */
    @POST
    @Needs(Permission.MANAGE_WORKSPACE_TEAMS)
    public Response give(InputStream body) {
        RequestDocument document = RequestDocument.read(body);
        String id = document.related("workspace")
                .orElseThrow(() -> Problem.invalidRelationship("workspace", "Workspace can't be blank"));
        Workspace workspace = workspaces.permitted(caller.principal(), id, Permission.MANAGE_WORKSPACE_TEAMS);
        document.required("access");
        String team = visible.related(caller.principal(), document, workspace.organizationId());
        WorkspaceAccess access = AccessRequest.workspace(document, WorkspaceAccess.CUSTOM);
        return Documents.created(AccessView.of(accesses.giveWorkspace(team, id, access)));
    }

    @GET
    @Path("{id}")
    @Needs(Permission.READ)
    public Response show(@PathParam("id") String id) {
        return Documents.ok(AccessView.of(permitted(id, Permission.READ)));
    }

    @PATCH
    @Path("{id}")
    @Needs(Permission.MANAGE_WORKSPACE_TEAMS)
    public Response change(@PathParam("id") String id, InputStream body) {
        TeamWorkspace given = permitted(id, Permission.MANAGE_WORKSPACE_TEAMS);
        WorkspaceAccess access = AccessRequest.workspace(RequestDocument.read(body), given.access());
        return Documents.ok(AccessView.of(accesses.changeWorkspace(id, access)));
    }

    @DELETE
    @Path("{id}")
    @Needs(Permission.MANAGE_WORKSPACE_TEAMS)
    public Response take(@PathParam("id") String id) {
        accesses.takeWorkspace(permitted(id, Permission.MANAGE_WORKSPACE_TEAMS).id());
        return Response.noContent().build();
    }

    private TeamWorkspace permitted(String id, Permission permission) {
        TeamWorkspace given = accesses.onWorkspace(id)
                .filter(access -> visible.sees(caller.principal(), access.teamId()))
                .orElseThrow(Problem::notFound);
        workspaces.permitted(caller.principal(), given.workspaceId(), permission);
        return given;
    }
}
