package io.terrafleet.api.organization;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.Map;

/** A project's tags over HTTP. */
@Path("/api/v2")
@RunOnVirtualThread
public class ProjectTagResource {
    /** Type, and name of the relationship. */
    static final String EFFECTIVE = "effective-tag-bindings";

    private final Projects projects;
    private final ProjectTags tags;
    private final Caller caller;

    ProjectTagResource(Projects projects, ProjectTags tags, Caller caller) {
        this.projects = projects;
        this.tags = tags;
        this.caller = caller;
    }

    @GET
    @Path("projects/{project}/tag-bindings")
    @Needs(Permission.READ)
    public Response bindings(@PathParam("project") String id) {
        Project project = projects.permitted(caller.principal(), id, Permission.READ);
        return Documents.list(view(project, tags.of(project.id()), "tag-bindings"));
    }

    /** A project inherits nothing: they are its own. */
    @GET
    @Path("projects/{project}/effective-tag-bindings")
    @Needs(Permission.READ)
    public Response effectiveBindings(@PathParam("project") String id) {
        Project project = projects.permitted(caller.principal(), id, Permission.READ);
        return Documents.list(view(project, tags.of(project.id()), EFFECTIVE));
    }

    /** Adds to what is there. */
    @PATCH
    @Path("projects/{project}/tag-bindings")
    @Needs(Permission.UPDATE_PROJECT)
    public Response bind(@PathParam("project") String id, InputStream body) {
        Project project = projects.permitted(caller.principal(), id, Permission.UPDATE_PROJECT);
        Map<String, String> bindings =
                TagRules.bindings(RequestDocument.read(body).list());
        return Documents.list(view(project, tags.put(project.id(), bindings), "tag-bindings"));
    }

    static List<Resource> view(Project project, Map<String, String> bindings, String type) {
        return bindings.entrySet().stream()
                .map(tag -> Resource.of(type, project.id() + "." + encode(tag.getKey()))
                        .with("key", tag.getKey())
                        .with("value", tag.getValue())
                        .with("created-at", project.createdAt()))
                .toList();
    }

    private static String encode(String key) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(key.getBytes(StandardCharsets.UTF_8));
    }
}
