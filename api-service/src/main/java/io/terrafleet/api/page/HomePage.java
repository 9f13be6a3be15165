package io.terrafleet.api.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.Runs;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.WorkspaceQuery;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.RunId;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** The organizations that one sees, and the workspaces of one. */
@Path("/app")
@RunOnVirtualThread
public class HomePage {
    private static final int MOST_ORGANIZATIONS = 200;
    private static final int PAGE = 50;
    private static final int LONGEST_SEARCH = 100;

    private final Organizations organizations;
    private final Workspaces workspaces;
    private final Runs runs;
    private final Grants grants;
    private final Caller caller;

    HomePage(Organizations organizations, Workspaces workspaces, Runs runs, Grants grants, Caller caller) {
        this.organizations = organizations;
        this.workspaces = workspaces;
        this.runs = runs;
        this.grants = grants;
        this.caller = caller;
    }

    @CheckedTemplate(basePath = "page")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance organizations(List<Organization> organizations);

        static native TemplateInstance workspaces(String organization, List<Row> rows, String search, Pages pages);
    }

    /** One workspace's line in the list. */
    public record Row(Workspace workspace, String path, Optional<RunRow> latest) {}

    @GET
    @Needs(Permission.KNOWN)
    public Response home() {
        List<Organization> visible = organizations.visibleTo(caller.principal(), "", 0, MOST_ORGANIZATIONS);
        return visible.size() == 1
                ? Response.seeOther(
                                URI.create(Paths.organization(visible.getFirst().name())))
                        .build()
                : html(Templates.organizations(visible));
    }

    @GET
    @Path("{organization}")
    @Needs(Permission.READ)
    public Response organization(
            @PathParam("organization") String name, @RestQuery @Nullable String q, @Context UriInfo uri) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.READ);
        String search = q == null ? "" : q.strip();
        search = search.substring(0, Math.min(search.length(), LONGEST_SEARCH));
        WorkspaceQuery query = query(organization, search);
        Page page = new Page(Page.of(uri).number(), PAGE);
        Workspaces.Listing listing = workspaces.page(query, page);
        Map<RunId, Run> latest = runs.all(listing.workspaces().stream()
                .flatMap(workspace -> workspace.currentRun().stream())
                .toList());
        List<Row> rows = listing.workspaces().stream()
                .map(workspace -> row(workspace, workspace.currentRun().map(latest::get)))
                .toList();
        Pages pages = Pages.of(page, listing.total(), search);
        return html(Templates.workspaces(organization.name(), rows, search, pages));
    }

    private WorkspaceQuery query(Organization organization, String search) {
        return new WorkspaceQuery(
                organization.id(),
                search.isEmpty() ? Optional.empty() : Optional.of(search),
                Optional.empty(),
                List.of(),
                List.of(),
                Map.of(),
                Optional.empty(),
                List.of(),
                WorkspaceQuery.Order.NAME,
                false,
                grants.visibleWorkspaces(caller.principal(), organization.id()));
    }

    private static Row row(Workspace workspace, Optional<Run> latest) {
        return new Row(workspace, Paths.workspace(workspace), latest.map(run -> RunRow.of(run, workspace)));
    }

    private static Response html(TemplateInstance template) {
        return Response.ok(template.render(), MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .build();
    }
}
