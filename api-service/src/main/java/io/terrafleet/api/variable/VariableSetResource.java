package io.terrafleet.api.variable;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Place;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Flag;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.organization.Project;
import io.terrafleet.api.organization.Projects;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
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
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Variable sets over HTTP, and whom they are applied to. */
@Path("/api/v2")
@RunOnVirtualThread
public class VariableSetResource {
    private final VariableSets sets;
    private final Variables variables;
    private final Organizations organizations;
    private final Projects projects;
    private final Workspaces workspaces;
    private final Grants grants;
    private final Caller caller;

    VariableSetResource(
            VariableSets sets,
            Variables variables,
            Organizations organizations,
            Projects projects,
            Workspaces workspaces,
            Grants grants,
            Caller caller) {
        this.sets = sets;
        this.variables = variables;
        this.organizations = organizations;
        this.projects = projects;
        this.workspaces = workspaces;
        this.grants = grants;
        this.caller = caller;
    }

    /** By name; {@code q} searches in it, {@code filter[global]} takes those for all workspaces, or the others. */
    @GET
    @Path("organizations/{organization}/varsets")
    @Needs(Permission.READ_VARIABLE_SETS)
    public Response list(
            @PathParam("organization") String name,
            @QueryParam("q") @Nullable String search,
            @QueryParam("filter[global]") @Nullable String global,
            @Context UriInfo uri) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.READ_VARIABLE_SETS);
        Page page = Page.of(uri);
        String wanted = Optional.ofNullable(search).orElse("");
        Optional<Boolean> everywhere = Flag.of("filter[global]", global);
        return Documents.page(
                sets.list(organization.id(), wanted, everywhere, page.offset(), page.size()).stream()
                        .map(this::view)
                        .toList(),
                page,
                sets.count(organization.id(), wanted, everywhere),
                uri);
    }

    @GET
    @Path("workspaces/{workspace}/varsets")
    @Needs(Permission.READ_VARIABLES)
    public Response ofWorkspace(@PathParam("workspace") String id, @Context UriInfo uri) {
        Workspace workspace = workspaces.permitted(caller.principal(), id, Permission.READ_VARIABLES);
        return Documents.slice(sets.reaching(workspace).stream().map(this::view).toList(), uri);
    }

    @GET
    @Path("projects/{project}/varsets")
    @Needs(Permission.READ_VARIABLE_SETS)
    public Response ofProject(@PathParam("project") String id, @Context UriInfo uri) {
        Project project = projects.permitted(caller.principal(), id, Permission.READ_VARIABLE_SETS);
        return Documents.slice(sets.ofProject(project).stream().map(this::view).toList(), uri);
    }

    /** With the variables, workspaces and projects that the document carries: all of it, or nothing. */
    @POST
    @Path("organizations/{organization}/varsets")
    @Needs(Permission.MANAGE_VARIABLE_SETS)
    @Transactional
    public Response create(@PathParam("organization") String name, InputStream body) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.READ);
        RequestDocument request = RequestDocument.read(body);
        VariableSetSettings settings = VariableSetView.settings(request);
        grants.require(caller.principal(), ownerOf(organization, settings), Permission.MANAGE_VARIABLE_SETS);
        request.required("name");
        VariableSet set = sets.create(organization.id(), settings);
        for (JsonNode variable : request.relatedList("vars")) {
            variables.create(new VariableOwner.OfSet(set.id()), VariableView.settings(variable));
        }
        return Documents.created(view(set));
    }

    @GET
    @Path("varsets/{set}")
    @Needs(Permission.READ_VARIABLE_SETS)
    public Response show(@PathParam("set") String id, @QueryParam("include") @Nullable String include) {
        VariableSet set = permitted(id, Permission.READ_VARIABLE_SETS);
        return Documents.ok(view(set), included(set, include));
    }

    @PATCH
    @Path("varsets/{set}")
    @Needs(Permission.MANAGE_VARIABLE_SETS)
    public Response change(
            @PathParam("set") String id, @QueryParam("include") @Nullable String include, InputStream body) {
        permitted(id, Permission.MANAGE_VARIABLE_SETS);
        VariableSet changed = sets.change(id, VariableSetView.settings(RequestDocument.read(body)));
        return Documents.ok(view(changed), included(changed, include));
    }

    @DELETE
    @Path("varsets/{set}")
    @Needs(Permission.MANAGE_VARIABLE_SETS)
    public Response delete(@PathParam("set") String id) {
        permitted(id, Permission.MANAGE_VARIABLE_SETS);
        sets.delete(id);
        return Response.noContent().build();
    }

    @POST
    @Path("varsets/{set}/relationships/workspaces")
    @Needs(Permission.MANAGE_VARIABLE_SETS)
    public Response applyToWorkspaces(@PathParam("set") String id, InputStream body) {
        permitted(id, Permission.MANAGE_VARIABLE_SETS);
        sets.applyToWorkspaces(id, RequestDocument.read(body).linkedIds());
        return Response.noContent().build();
    }

    @DELETE
    @Path("varsets/{set}/relationships/workspaces")
    @Needs(Permission.MANAGE_VARIABLE_SETS)
    public Response removeFromWorkspaces(@PathParam("set") String id, InputStream body) {
        permitted(id, Permission.MANAGE_VARIABLE_SETS);
        sets.removeFromWorkspaces(id, RequestDocument.read(body).linkedIds());
        return Response.noContent().build();
    }

    @POST
    @Path("varsets/{set}/relationships/projects")
    @Needs(Permission.MANAGE_VARIABLE_SETS)
    public Response applyToProjects(@PathParam("set") String id, InputStream body) {
        permitted(id, Permission.MANAGE_VARIABLE_SETS);
        sets.applyToProjects(id, RequestDocument.read(body).linkedIds());
        return Response.noContent().build();
    }

    @DELETE
    @Path("varsets/{set}/relationships/projects")
    @Needs(Permission.MANAGE_VARIABLE_SETS)
    public Response removeFromProjects(@PathParam("set") String id, InputStream body) {
        permitted(id, Permission.MANAGE_VARIABLE_SETS);
        sets.removeFromProjects(id, RequestDocument.read(body).linkedIds());
        return Response.noContent().build();
    }

    /** The project that is to own it, or the organization. */
    private Place ownerOf(Organization organization, VariableSetSettings settings) {
        return settings.projectId()
                .flatMap(projects::find)
                .filter(project -> project.organizationId().equals(organization.id()))
                .map(Project::place)
                .orElseGet(() -> Place.organization(organization.id()));
    }

    private VariableSet permitted(String id, Permission permission) {
        VariableSet set = sets.find(id).orElseThrow(Problem::notFound);
        grants.require(caller.principal(), set.place(), permission);
        return set;
    }

    private Resource view(VariableSet set) {
        return VariableSetView.of(
                set,
                organizations.find(set.organizationId()).map(Organization::name).orElseThrow(Problem::notFound),
                variables.of(new VariableOwner.OfSet(set.id())),
                grants.allows(caller.principal(), set.place(), Permission.MANAGE_VARIABLE_SETS));
    }

    private List<Resource> included(VariableSet set, @Nullable String include) {
        List<Resource> resources = new ArrayList<>();
        if (include != null && Arrays.asList(include.split(",", -1)).contains("vars")) {
            variables.of(new VariableOwner.OfSet(set.id())).forEach(one -> resources.add(VariableView.of(one)));
        }
        return resources;
    }
}
