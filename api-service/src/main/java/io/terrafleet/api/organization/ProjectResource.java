package io.terrafleet.api.organization;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Place;
import io.terrafleet.api.access.Rights;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.row.Reading;
import jakarta.transaction.Transactional;
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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Projects over HTTP. */
@Path("/api/v2")
@RunOnVirtualThread
public class ProjectResource {
    private static final int MOST_NAMES = 100;

    private final Projects projects;
    private final ProjectTags tags;
    private final Organizations organizations;
    private final Grants grants;
    private final Caller caller;

    ProjectResource(Projects projects, ProjectTags tags, Organizations organizations, Grants grants, Caller caller) {
        this.projects = projects;
        this.tags = tags;
        this.organizations = organizations;
        this.grants = grants;
        this.caller = caller;
    }

    /**
     * By name, reversed with {@code sort=-name}; {@code filter[names]=a,b} compares exactly, {@code q} searches in the name, {@link TagFilter}
     * in the tags.
     */
    @GET
    @Path("organizations/{organization}/projects")
    @Needs(Permission.READ)
    @Transactional
    @Reading
    public Response list(@PathParam("organization") String name, @Context UriInfo uri) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.READ);
        Page page = Page.of(uri);
        ProjectQuery wanted = new ProjectQuery(
                organization.id(),
                names(uri),
                Optional.ofNullable(uri.getQueryParameters().getFirst("q")).orElse(""),
                TagFilter.read(uri.getQueryParameters()),
                "-name".equals(uri.getQueryParameters().getFirst("sort")),
                grants.visibleProjects(caller.principal(), organization.id()));
        List<Project> found = projects.list(wanted, page.offset(), page.size());
        Map<Place, Rights> rights = grants.rights(
                caller.principal(),
                organization.id(),
                found.stream().map(Project::place).toList());
        return Documents.page(
                found.stream()
                        .map(project -> ProjectView.of(
                                project, organization, rights.getOrDefault(project.place(), Rights.NONE)))
                        .toList(),
                page,
                page.total(found.size()).orElseGet(() -> projects.count(wanted)),
                uri);
    }

    @POST
    @Path("organizations/{organization}/projects")
    @Transactional
    @Needs(Permission.MANAGE_PROJECTS)
    public Response create(@PathParam("organization") String name, InputStream body) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.MANAGE_PROJECTS);
        RequestDocument document = RequestDocument.read(body);
        document.required("name");
        Project created = projects.create(organization.id(), settings(document));
        tag(created, document);
        return Documents.created(view(created, organization));
    }

    @GET
    @Path("projects/{project}")
    @Needs(Permission.READ)
    public Response show(@PathParam("project") String id) {
        Project project = projects.permitted(caller.principal(), id, Permission.READ);
        return Documents.ok(view(project, organization(project)));
    }

    @PATCH
    @Path("projects/{project}")
    @Transactional
    @Needs(Permission.UPDATE_PROJECT)
    public Response change(@PathParam("project") String id, InputStream body) {
        Project project = projects.permitted(caller.principal(), id, Permission.UPDATE_PROJECT);
        RequestDocument document = RequestDocument.read(body);
        Project changed = projects.change(project.id(), settings(document));
        tag(changed, document);
        return Documents.ok(view(changed, organization(changed)));
    }

    @DELETE
    @Path("projects/{project}")
    @Needs(Permission.DELETE_PROJECT)
    public Response delete(@PathParam("project") String id) {
        projects.delete(projects.permitted(caller.principal(), id, Permission.DELETE_PROJECT)
                .id());
        return Response.noContent().build();
    }

    private void tag(Project project, RequestDocument document) {
        if (document.hasRelationship("tag-bindings")) {
            tags.replace(project.id(), TagRules.bindings(document.relatedList("tag-bindings")));
        }
    }

    private Resource view(Project project, Organization organization) {
        Rights rights = grants.rights(caller.principal(), project.place());
        return ProjectView.of(project, organization, rights);
    }

    private Organization organization(Project project) {
        return organizations.find(project.organizationId()).orElseThrow(Problem::notFound);
    }

    private static ProjectSettings settings(RequestDocument document) {
        Optional<String> description = document.isNull("description") ? Optional.of("") : document.text("description");
        return new ProjectSettings(
                document.text("name"),
                description,
                executionMode(document),
                document.isNull("default-agent-pool-id")
                        ? Optional.of("")
                        : document.text("default-agent-pool-id", 100));
    }

    /** {@code setting-overwrites} with a false takes the project's own mode back. */
    private static Optional<String> executionMode(RequestDocument document) {
        JsonNode own = document.raw("setting-overwrites").path("default-execution-mode");
        boolean inherited = document.isNull("default-execution-mode") || (own.isBoolean() && !own.booleanValue());
        return inherited ? Optional.of("") : document.text("default-execution-mode");
    }

    private static List<String> names(UriInfo uri) {
        String text = uri.getQueryParameters().getFirst("filter[names]");
        if (text == null || text.isEmpty()) {
            return List.of();
        }
        List<String> names = Arrays.asList(text.split(",", -1));
        if (names.size() > MOST_NAMES) {
            throw Problem.malformed("filter[names] may have at most " + MOST_NAMES + " names");
        }
        return names;
    }
}
