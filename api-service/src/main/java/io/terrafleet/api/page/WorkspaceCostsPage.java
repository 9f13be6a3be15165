package io.terrafleet.api.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.cost.CostScope;
import io.terrafleet.api.cost.Grouping;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.List;

/** What one workspace spends, and the runs that made it so. */
@Path("/app/{organization}/{workspace}/costs")
@RunOnVirtualThread
public class WorkspaceCostsPage {
    private final Organizations organizations;
    private final Workspaces workspaces;
    private final SpendingParts parts;
    private final Caller caller;

    WorkspaceCostsPage(Organizations organizations, Workspaces workspaces, SpendingParts parts, Caller caller) {
        this.organizations = organizations;
        this.workspaces = workspaces;
        this.parts = parts;
        this.caller = caller;
    }

    @CheckedTemplate(basePath = "page")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance workspaceCosts(Workspace workspace, List<SpendingPart> parts);
    }

    @GET
    @Needs(Permission.READ_RUNS)
    public Response page(@PathParam("organization") String organization, @PathParam("workspace") String name) {
        Workspace workspace = workspaces.permitted(caller.principal(), organization, name, Permission.READ_RUNS);
        Organization owner = organizations.find(workspace.organizationId()).orElseThrow();
        CostScope scope = CostScope.workspace(workspace.id().value());
        return Response.ok(
                        Templates.workspaceCosts(workspace, parts.of(owner, scope, new Grouping.Types()))
                                .render(),
                        MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .build();
    }
}
