package io.terrafleet.api.usage;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Place;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.organization.Projects;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.workspace.Workspaces;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** Usage files, in the format of {@code infracost-usage.yml} and as they were written: our own addition to the TFE API. */
@Path("/api/v2")
@RunOnVirtualThread
public class UsageFileResource {
    private final UsageFiles files;
    private final Organizations organizations;
    private final Projects projects;
    private final Workspaces workspaces;
    private final Caller caller;

    UsageFileResource(
            UsageFiles files, Organizations organizations, Projects projects, Workspaces workspaces, Caller caller) {
        this.files = files;
        this.organizations = organizations;
        this.projects = projects;
        this.workspaces = workspaces;
        this.caller = caller;
    }

    @GET
    @Path("organizations/{organization}/usage")
    @Needs(Permission.READ)
    public Response ofOrganization(@PathParam("organization") String name) {
        return shown(organization(name, Permission.READ));
    }

    /** The body is the file, at most 1 MiB. */
    @PUT
    @Path("organizations/{organization}/usage")
    @Consumes(MediaType.WILDCARD)
    @Needs(Permission.MANAGE_POLICIES)
    public Response putOfOrganization(@PathParam("organization") String name, InputStream body) {
        return put(organization(name, Permission.MANAGE_POLICIES), body);
    }

    @DELETE
    @Path("organizations/{organization}/usage")
    @Needs(Permission.MANAGE_POLICIES)
    public Response deleteOfOrganization(@PathParam("organization") String name) {
        return delete(organization(name, Permission.MANAGE_POLICIES));
    }

    @GET
    @Path("projects/{project}/usage")
    @Needs(Permission.READ)
    public Response ofProject(@PathParam("project") String id) {
        return shown(projects.permitted(caller.principal(), id, Permission.READ).place());
    }

    /** The body is the file, at most 1 MiB. */
    @PUT
    @Path("projects/{project}/usage")
    @Consumes(MediaType.WILDCARD)
    @Needs(Permission.UPDATE_PROJECT)
    public Response putOfProject(@PathParam("project") String id, InputStream body) {
        return put(
                projects.permitted(caller.principal(), id, Permission.UPDATE_PROJECT)
                        .place(),
                body);
    }

    @DELETE
    @Path("projects/{project}/usage")
    @Needs(Permission.UPDATE_PROJECT)
    public Response deleteOfProject(@PathParam("project") String id) {
        return delete(projects.permitted(caller.principal(), id, Permission.UPDATE_PROJECT)
                .place());
    }

    @GET
    @Path("workspaces/{workspace}/usage")
    @Needs(Permission.READ)
    public Response ofWorkspace(@PathParam("workspace") String id) {
        return shown(
                workspaces.permitted(caller.principal(), id, Permission.READ).place());
    }

    /** The body is the file, at most 1 MiB. */
    @PUT
    @Path("workspaces/{workspace}/usage")
    @Consumes(MediaType.WILDCARD)
    @Needs(Permission.UPDATE_WORKSPACE)
    public Response putOfWorkspace(@PathParam("workspace") String id, InputStream body) {
        return put(
                workspaces
                        .permitted(caller.principal(), id, Permission.UPDATE_WORKSPACE)
                        .place(),
                body);
    }

    @DELETE
    @Path("workspaces/{workspace}/usage")
    @Needs(Permission.UPDATE_WORKSPACE)
    public Response deleteOfWorkspace(@PathParam("workspace") String id) {
        return delete(workspaces
                .permitted(caller.principal(), id, Permission.UPDATE_WORKSPACE)
                .place());
    }

    private Place organization(String name, Permission permission) {
        return Place.organization(
                organizations.permitted(caller.principal(), name, permission).id());
    }

    private Response shown(Place place) {
        return Response.ok(files.find(place).orElseThrow(Problem::notFound))
                .type(new MediaType("application", "yaml", "UTF-8"))
                .build();
    }

    private Response put(Place place, InputStream body) {
        files.put(place, body, caller.principal().name());
        return Response.noContent().build();
    }

    private Response delete(Place place) {
        files.delete(place);
        return Response.noContent().build();
    }
}
