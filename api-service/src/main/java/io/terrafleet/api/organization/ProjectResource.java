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
import io.terrafleet.api.document.Flag;
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
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Projects over HTTP. */
@Path("/api/v2")
@RunOnVirtualThread
public class ProjectResource {
    private static final int MOST_LOOKED_AT = 5_000;

    private static final int MOST_NAMES = 100;

    private final Projects projects;
    private final ProjectTags tags;
    private final ProjectDocument documents;
    private final Organizations organizations;
    private final Grants grants;
    private final Caller caller;

    ProjectResource(
            Projects projects,
            ProjectTags tags,
            ProjectDocument documents,
            Organizations organizations,
            Grants grants,
            Caller caller) {
        this.projects = projects;
        this.tags = tags;
        this.documents = documents;
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
                descending(uri.getQueryParameters().getFirst("sort")),
                grants.visibleProjects(caller.principal(), organization.id()));
        Set<Permission> permissions = permissions(uri);
        if (!permissions.isEmpty()) {
            List<Project> allowed = permitted(wanted, organization, permissions);
            return Documents.page(
                    documents.all(
                            allowed.stream()
                                    .skip(page.offset())
                                    .limit(page.size())
                                    .toList(),
                            organization),
                    page,
                    allowed.size(),
                    uri);
        }
        List<Project> found = projects.list(wanted, page.offset(), page.size());
        return Documents.page(
                documents.all(found, organization),
                page,
                page.total(found.size()).orElseGet(() -> projects.count(wanted)),
                uri);
    }

    private static boolean descending(@Nullable String sort) {
        return switch (sort == null ? "" : sort) {
            case "", "name" -> false;
            case "-name" -> true;
            default -> throw Problem.malformed("sort must be name, or -name to reverse it");
        };
    }

    /** What {@code filter[permissions]} wants the caller to be allowed. */
    private static Set<Permission> permissions(UriInfo uri) {
        Map<String, Permission> known =
                Map.of("create-workspace", Permission.CREATE_WORKSPACE, "update", Permission.UPDATE_PROJECT);
        return known.entrySet().stream()
                .filter(entry -> {
                    String parameter = "filter[permissions][" + entry.getKey() + "]";
                    return Flag.of(parameter, uri.getQueryParameters().getFirst(parameter))
                            .orElse(false);
                })
                .map(Map.Entry::getValue)
                .collect(Collectors.toSet());
    }

    /** Those in which the caller may do all of this. */
    private List<Project> permitted(ProjectQuery wanted, Organization organization, Set<Permission> permissions) {
        List<Project> all = projects.list(wanted, 0, MOST_LOOKED_AT);
        Map<Place, Rights> rights = grants.rights(
                caller.principal(),
                organization.id(),
                all.stream().map(Project::place).toList());
        return all.stream()
                .filter(project ->
                        permissions.stream().allMatch(rights.getOrDefault(project.place(), Rights.NONE)::may))
                .toList();
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
        return documents.of(project, organization);
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
