package io.terrafleet.api.configuration;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.PublicUrl;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Configuration versions: promised, shown, listed, downloaded, archived. They are uploaded at {@link UploadResource}. */
@Path("/api/v2")
@RunOnVirtualThread
public class ConfigurationResource {
    private final Configurations configurations;
    private final Workspaces workspaces;
    private final Caller caller;
    private final PublicUrl url;

    ConfigurationResource(Configurations configurations, Workspaces workspaces, Caller caller, PublicUrl url) {
        this.configurations = configurations;
        this.workspaces = workspaces;
        this.caller = caller;
        this.url = url;
    }

    @POST
    @Path("workspaces/{workspace}/configuration-versions")
    @Needs(Permission.QUEUE_RUNS)
    public Response create(
            @PathParam("workspace") String workspaceId,
            @HeaderParam("X-Terraform-Integration") @Nullable String integration,
            InputStream body) {
        Workspace workspace = workspaces.permitted(caller.principal(), workspaceId, Permission.QUEUE_RUNS);
        RequestDocument request = RequestDocument.read(body);
        NewConfiguration wanted = new NewConfiguration(
                request.flag("speculative").orElse(false),
                request.flag("provisional").orElse(false),
                request.flag("auto-queue-runs").orElse(true),
                "cloud".equals(integration) ? "terraform+cloud" : "tfe-api");
        Configurations.Promised promised = configurations.create(caller.principal(), workspace.id(), wanted);
        String address = url.of(UploadResource.path(promised.configuration().id(), promised.key()));
        return Documents.created(ConfigurationView.promised(promised.configuration(), address));
    }

    @GET
    @Path("workspaces/{workspace}/configuration-versions")
    @Needs(Permission.READ_RUNS)
    public Response list(@PathParam("workspace") String workspaceId, @Context UriInfo uri) {
        Workspace workspace = workspaces.permitted(caller.principal(), workspaceId, Permission.READ_RUNS);
        Page page = Page.of(uri);
        return Documents.page(
                configurations.list(workspace.id(), page.offset(), page.size()).stream()
                        .map(ConfigurationView::of)
                        .toList(),
                page,
                configurations.count(workspace.id()),
                uri);
    }

    @GET
    @Path("configuration-versions/{id}")
    @Needs(Permission.READ_RUNS)
    public Response show(@PathParam("id") String id, @QueryParam("include") @Nullable String include) {
        ConfigurationVersion configuration = permitted(id, Permission.READ_RUNS);
        boolean wanted = include != null && Arrays.asList(include.split(",")).contains("ingress_attributes");
        List<Resource> included =
                wanted ? ConfigurationView.ingress(configuration).stream().toList() : List.of();
        return Documents.ok(ConfigurationView.of(configuration), included);
    }

    @GET
    @Path("configuration-versions/{id}/ingress-attributes")
    @Needs(Permission.READ_RUNS)
    public Response ingress(@PathParam("id") String id) {
        return Documents.ok(
                ConfigurationView.ingress(permitted(id, Permission.READ_RUNS)).orElseThrow(Problem::notFound));
    }

    @GET
    @Path("ingress-attributes/{ingress}")
    @Needs(Permission.READ_RUNS)
    public Response ingressById(@PathParam("ingress") String id) {
        String configuration = id.startsWith("ia-") ? "cv" + id.substring("ia".length()) : id;
        return ingress(configuration);
    }

    @GET
    @Path("configuration-versions/{id}/download")
    @Needs(Permission.READ_RUNS)
    public Response download(@PathParam("id") String id) {
        ConfigurationVersion configuration = permitted(id, Permission.READ_RUNS);
        return Response.ok(configurations.content(id), "application/gzip")
                .header(
                        HttpHeaders.CONTENT_LENGTH,
                        configuration.archive().orElseThrow(Problem::notFound).size())
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + configuration.id() + ".tar.gz\"")
                .build();
    }

    @POST
    @Path("configuration-versions/{id}/actions/archive")
    @Needs(Permission.APPLY_RUNS)
    public Response archive(@PathParam("id") String id) {
        permitted(id, Permission.APPLY_RUNS);
        configurations.archive(id);
        return Response.accepted().build();
    }

    private ConfigurationVersion permitted(String id, Permission permission) {
        ConfigurationVersion configuration = configurations.find(id).orElseThrow(Problem::notFound);
        workspaces.permitted(caller.principal(), configuration.workspace().value(), permission);
        return configuration;
    }
}
