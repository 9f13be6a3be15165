package io.terrafleet.api.page;

import io.quarkus.qute.CheckedTemplate;
import io.quarkus.qute.TemplateInstance;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.cost.CostScope;
import io.terrafleet.api.cost.Costs;
import io.terrafleet.api.cost.Grouping;
import io.terrafleet.api.cost.Spending;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.run.Runs;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.RunId;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestQuery;
import org.jspecify.annotations.Nullable;

/** What an organization spends, and what one of its workspaces does. */
@Path("/app/{organization}")
@RunOnVirtualThread
public class CostsPage {
    private static final int LONGEST = 128;

    private final Organizations organizations;
    private final Workspaces workspaces;
    private final Costs costs;
    private final Runs runs;
    private final Caller caller;
    private final InstantSource clock;

    CostsPage(
            Organizations organizations,
            Workspaces workspaces,
            Costs costs,
            Runs runs,
            Caller caller,
            @Identifier("api") InstantSource clock) {
        this.organizations = organizations;
        this.workspaces = workspaces;
        this.costs = costs;
        this.runs = runs;
        this.caller = caller;
        this.clock = clock;
    }

    @CheckedTemplate(basePath = "page")
    static final class Templates {
        private Templates() {}

        static native TemplateInstance costs(
                String organization, String path, String group, String tag, List<SpendingPart> parts);

        static native TemplateInstance workspaceCosts(Workspace workspace, List<SpendingPart> parts);
    }

    /**
     * @param group one of {@link Grouping#WORDS}; project unless told
     * @param tag whose values are the groups, where {@code group} is {@code tag}
     */
    @GET
    @Path("~costs")
    @Needs(Permission.READ)
    public Response organization(
            @PathParam("organization") String name,
            @RestQuery @Nullable String group,
            @RestQuery @Nullable String tag) {
        Organization organization = organizations.permitted(caller.principal(), name, Permission.READ);
        String wanted = group == null ? "project" : group;
        String named = tag == null ? "" : tag.strip();
        named = named.substring(0, Math.min(named.length(), LONGEST));
        Optional<Grouping> grouping = Grouping.of(wanted, named);
        String word = grouping.isPresent() ? wanted : "project";
        return html(Templates.costs(
                organization.name(),
                Paths.costs(organization.name()),
                word,
                named,
                parts(organization, CostScope.ALL, grouping.orElseGet(Grouping.Projects::new))));
    }

    @GET
    @Path("{workspace}/costs")
    @Needs(Permission.READ_RUNS)
    public Response workspace(@PathParam("organization") String organization, @PathParam("workspace") String name) {
        Workspace workspace = workspaces.permitted(caller.principal(), organization, name, Permission.READ_RUNS);
        Organization owner = organizations.find(workspace.organizationId()).orElseThrow();
        CostScope scope = CostScope.workspace(workspace.id().value());
        return html(Templates.workspaceCosts(workspace, parts(owner, scope, new Grouping.Types())));
    }

    private List<SpendingPart> parts(Organization organization, CostScope scope, Grouping grouping) {
        Instant now = clock.instant();
        List<SpendingPart> parts = new ArrayList<>();
        costs.spending(caller.principal(), organization, scope, now)
                .forEach((currency, spending) ->
                        parts.add(SpendingPart.of(currency, spending, grouping, now, step -> run(organization, step))));
        return parts;
    }

    private Optional<RunRow> run(Organization organization, Spending.Step step) {
        return step.run().isEmpty()
                ? Optional.empty()
                : workspaces.byName(organization.id(), step.workspaceName()).flatMap(workspace -> runs.find(
                                new RunId(step.run()))
                        .filter(run -> run.workspace().equals(workspace.id()))
                        .map(run -> RunRow.of(run, workspace)));
    }

    private static Response html(TemplateInstance template) {
        return Response.ok(template.render(), MediaType.TEXT_HTML_TYPE.withCharset("UTF-8"))
                .build();
    }
}
