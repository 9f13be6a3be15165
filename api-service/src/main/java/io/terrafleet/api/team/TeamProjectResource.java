package io.terrafleet.api.team;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Accesses;
import io.terrafleet.api.access.Accesses.TeamProject;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.ProjectAccess;
import io.terrafleet.api.access.Teams.Team;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.organization.Project;
import io.terrafleet.api.organization.Projects;
import io.terrafleet.api.problem.Problem;
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
import org.jspecify.annotations.Nullable;

/** What teams may do in a project. */
@Path("/api/v2/team-projects")
@RunOnVirtualThread
public class TeamProjectResource {
    private final Accesses accesses;
    private final Projects projects;
    private final VisibleTeams visible;
    private final Grants grants;
    private final Caller caller;

    TeamProjectResource(Accesses accesses, Projects projects, VisibleTeams visible, Grants grants, Caller caller) {
        this.accesses = accesses;
        this.projects = projects;
        this.visible = visible;
        this.grants = grants;
        this.caller = caller;
    }

    @GET
    @Needs(Permission.READ)
    @Transactional
    public Response list(
            @QueryParam("filter[project][id]") @Nullable String id,
            @QueryParam("filter[team][id]") @Nullable String team,
            @Context UriInfo uri) {
        return Documents.slice(wanted(id, team).stream().map(AccessView::of).toList(), uri);
    }

    /** Of a project, of a team in the projects whose teams the caller sees, or of both. */
    private List<TeamProject> wanted(@Nullable String id, @Nullable String team) {
        if (id != null) {
            Project project = projects.permitted(caller.principal(), id, Permission.READ);
            grants.require(caller.principal(), project.place(), Permission.READ_PROJECT_TEAMS);
            return accesses.ofProject(project.id()).stream()
                    .filter(access -> team == null || access.teamId().equals(team))
                    .filter(access -> visible.sees(caller.principal(), access.teamId()))
                    .toList();
        }
        if (team == null) {
            throw Problem.malformed("filter[project][id] or filter[team][id] is required");
        }
        Team seen = visible.seen(caller.principal(), team);
        return accesses.toProjects(seen.id()).stream()
                .filter(access -> projects.find(access.projectId())
                        .filter(project ->
                                grants.allows(caller.principal(), project.place(), Permission.READ_PROJECT_TEAMS))
                        .isPresent())
                .toList();
    }

    /** Relationships {@code team} and {@code project}; attribute {@code access}, and single things where it is {@code custom}. */
    @POST
    @Needs(Permission.MANAGE_PROJECT_TEAMS)
    public Response give(InputStream body) {
        RequestDocument document = RequestDocument.read(body);
        String id = document.related("project")
                .orElseThrow(() -> Problem.invalidRelationship("project", "Project can't be blank"));
        Project project = projects.permitted(caller.principal(), id, Permission.MANAGE_PROJECT_TEAMS);
        document.required("access");
        String team = visible.related(caller.principal(), document, project.organizationId());
        ProjectAccess access = AccessRequest.project(document, ProjectAccess.CUSTOM);
        return Documents.created(AccessView.of(accesses.giveProject(team, id, access)));
    }

    @GET
    @Path("{id}")
    @Needs(Permission.READ_PROJECT_TEAMS)
    public Response show(@PathParam("id") String id) {
        return Documents.ok(AccessView.of(permitted(id, Permission.READ_PROJECT_TEAMS)));
    }

    @PATCH
    @Path("{id}")
    @Needs(Permission.MANAGE_PROJECT_TEAMS)
    public Response change(@PathParam("id") String id, InputStream body) {
        TeamProject given = permitted(id, Permission.MANAGE_PROJECT_TEAMS);
        ProjectAccess access = AccessRequest.project(RequestDocument.read(body), given.access());
        return Documents.ok(AccessView.of(accesses.changeProject(id, access)));
    }

    @DELETE
    @Path("{id}")
    @Needs(Permission.MANAGE_PROJECT_TEAMS)
    public Response take(@PathParam("id") String id) {
        accesses.takeProject(permitted(id, Permission.MANAGE_PROJECT_TEAMS).id());
        return Response.noContent().build();
    }

    private TeamProject permitted(String id, Permission permission) {
        TeamProject given = accesses.onProject(id)
                .filter(access -> visible.sees(caller.principal(), access.teamId()))
                .orElseThrow(Problem::notFound);
        projects.permitted(caller.principal(), given.projectId(), permission);
        return given;
    }
}
