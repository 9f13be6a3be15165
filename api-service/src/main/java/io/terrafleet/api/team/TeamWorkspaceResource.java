package io.terrafleet.api.team;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Accesses;
import io.terrafleet.api.access.Accesses.TeamWorkspace;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.WorkspaceAccess;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
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
import org.jspecify.annotations.Nullable;

/** What teams may do in a workspace. */
@Path("/api/v2/team-workspaces")
@RunOnVirtualThread
public class TeamWorkspaceResource {
    private final Accesses accesses;
    private final Workspaces workspaces;
    private final VisibleTeams visible;
    private final Caller caller;

    TeamWorkspaceResource(Accesses accesses, Workspaces workspaces, VisibleTeams visible, Caller caller) {
        this.accesses = accesses;
        this.workspaces = workspaces;
        this.visible = visible;
        this.caller = caller;
    }

    @GET
    @Needs(Permission.READ)
    public Response list(@QueryParam("filter[workspace][id]") @Nullable String id, @Context UriInfo uri) {
        if (id == null) {
            throw Problem.malformed("filter[workspace][id] is required");
        }
        Workspace workspace = workspaces.permitted(caller.principal(), id, Permission.READ);
        Page page = Page.of(uri);
        List<TeamWorkspace> all = accesses.ofWorkspace(workspace.id().value());
        return Documents.page(
                all.stream()
                        .skip(page.offset())
                        .limit(page.size())
                        .map(AccessView::of)
                        .toList(),
                page,
                all.size(),
                uri);
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
        TeamWorkspace given = accesses.onWorkspace(id).orElseThrow(Problem::notFound);
        workspaces.permitted(caller.principal(), given.workspaceId(), permission);
        return given;
    }
}
