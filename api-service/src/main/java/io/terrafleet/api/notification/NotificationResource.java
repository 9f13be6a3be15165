package io.terrafleet.api.notification;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.access.Teams;
import io.terrafleet.api.access.Users;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.organization.Project;
import io.terrafleet.api.organization.Projects;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.WorkspaceId;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;

/** Notification configurations over HTTP. An address may carry a secret, so only who may change them sees them. */
@Path("/api/v2")
@RunOnVirtualThread
public class NotificationResource {
    private final Notifications notifications;
    private final Workspaces workspaces;
    private final Projects projects;
    private final Teams teams;
    private final Users users;
    private final Grants grants;
    private final Caller caller;

    NotificationResource(
            Notifications notifications,
            Workspaces workspaces,
            Projects projects,
            Teams teams,
            Users users,
            Grants grants,
            Caller caller) {
        this.notifications = notifications;
        this.workspaces = workspaces;
        this.projects = projects;
        this.teams = teams;
        this.users = users;
        this.grants = grants;
        this.caller = caller;
    }

    @GET
    @Path("workspaces/{workspace}/notification-configurations")
    @Needs(Permission.ADMIN)
    public Response ofWorkspace(@PathParam("workspace") String id, @Context UriInfo uri) {
        return list(workspace(id), uri);
    }

    @POST
    @Path("workspaces/{workspace}/notification-configurations")
    @Needs(Permission.ADMIN)
    public Response createForWorkspace(@PathParam("workspace") String id, InputStream body) {
        return create(workspace(id), body);
    }

    @GET
    @Path("projects/{project}/notification-configurations")
    @Needs(Permission.ADMIN)
    public Response ofProject(@PathParam("project") String id, @Context UriInfo uri) {
        return list(project(id), uri);
    }

    @POST
    @Path("projects/{project}/notification-configurations")
    @Needs(Permission.ADMIN)
    public Response createForProject(@PathParam("project") String id, InputStream body) {
        return create(project(id), body);
    }

    /** A team is told of the runs of every workspace in which it may read them. */
    @GET
    @Path("teams/{team}/notification-configurations")
    @Needs(Permission.ADMIN)
    public Response ofTeam(@PathParam("team") String id, @Context UriInfo uri) {
        return list(team(id), uri);
    }

    @POST
    @Path("teams/{team}/notification-configurations")
    @Needs(Permission.ADMIN)
    public Response createForTeam(@PathParam("team") String id, InputStream body) {
        return create(team(id), body);
    }

    @GET
    @Path("notification-configurations/{configuration}")
    @Needs(Permission.ADMIN)
    public Response show(@PathParam("configuration") String id) {
        return Documents.ok(view(permitted(id)));
    }

    @PATCH
    @Path("notification-configurations/{configuration}")
    @Needs(Permission.ADMIN)
    public Response change(@PathParam("configuration") String id, InputStream body) {
        NotificationConfiguration configuration = permitted(id);
        return Documents.ok(
                view(notifications.change(configuration.id(), NotificationView.settings(RequestDocument.read(body)))));
    }

    @DELETE
    @Path("notification-configurations/{configuration}")
    @Needs(Permission.ADMIN)
    public Response delete(@PathParam("configuration") String id) {
        notifications.delete(permitted(id).id());
        return Response.noContent().build();
    }

    @POST
    @Path("notification-configurations/{configuration}/actions/verify")
    @Needs(Permission.ADMIN)
    public Response verify(@PathParam("configuration") String id) {
        return Documents.ok(view(notifications.verify(permitted(id).id())));
    }

    private Response list(Subscribable subscribable, UriInfo uri) {
        return Documents.slice(
                notifications.of(subscribable).stream().map(this::view).toList(), uri);
    }

    private Response create(Subscribable subscribable, InputStream body) {
        RequestDocument request = RequestDocument.read(body);
        request.required("name");
        return Documents.created(view(notifications.create(subscribable, NotificationView.settings(request))));
    }

    /** Addresses of members are for those who manage members, and everybody's own. */
    private Resource view(NotificationConfiguration configuration) {
        Principal who = caller.principal();
        boolean all = grants.allows(who, organizationOf(configuration.subscribable()), Permission.MANAGE_MEMBERSHIP);
        List<String> addresses = configuration.userIds().stream()
                .filter(id -> all || id.equals(who.id()))
                .flatMap(id -> users.find(id).stream())
                .map(Users.User::email)
                .toList();
        return NotificationView.of(configuration, addresses);
    }

    private String organizationOf(Subscribable subscribable) {
        return switch (subscribable.type()) {
            case Subscribable.WORKSPACES ->
                workspaces
                        .find(new WorkspaceId(subscribable.id()))
                        .orElseThrow(Problem::notFound)
                        .organizationId();
            case Subscribable.TEAMS ->
                teams.find(subscribable.id()).orElseThrow(Problem::notFound).organizationId();
            default ->
                projects.find(subscribable.id()).orElseThrow(Problem::notFound).organizationId();
        };
    }

    private NotificationConfiguration permitted(String id) {
        NotificationConfiguration configuration = notifications.find(id).orElseThrow(Problem::notFound);
        Subscribable subscribable = configuration.subscribable();
        switch (subscribable.type()) {
            case Subscribable.WORKSPACES -> workspace(subscribable.id());
            case Subscribable.TEAMS -> team(subscribable.id());
            default -> project(subscribable.id());
        }
        return configuration;
    }

    private Subscribable workspace(String id) {
        Workspace workspace = workspaces.permitted(caller.principal(), id, Permission.ADMIN);
        return new Subscribable(Subscribable.WORKSPACES, workspace.id().value(), workspace.organizationId());
    }

    /** For who manages the organization's teams and everything in it. */
    private Subscribable team(String id) {
        Teams.Team team = teams.find(id).orElseThrow(Problem::notFound);
        grants.require(caller.principal(), team.organizationId(), Permission.ADMIN);
        grants.require(caller.principal(), team.organizationId(), Permission.MANAGE_TEAMS);
        return new Subscribable(Subscribable.TEAMS, team.id(), team.organizationId());
    }

    private Subscribable project(String id) {
        Project project = projects.permitted(caller.principal(), id, Permission.ADMIN);
        return new Subscribable(Subscribable.PROJECTS, project.id(), project.organizationId());
    }
}
