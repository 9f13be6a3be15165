package io.terrafleet.api.run;

import io.quarkus.arc.All;
import io.smallrye.common.annotation.Identifier;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Visibility;
import io.terrafleet.api.agentpool.AgentPools;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.row.Reading;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.WorkspaceId;
import jakarta.transaction.Transactional;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Runs over the TFE API: create, read, list, act. What is read most is one transaction: nothing is read twice. */
@Path("/api/v2")
public class RunResource {
    /** Known to clients; not all are brought by this room. */
    private static final Set<String> INCLUDES = Set.of(
            "plan",
            "apply",
            "canceled_by",
            "created_by",
            "confirmed_by",
            "cost_estimate",
            "configuration_version",
            "configuration_version.ingress_attributes",
            "policy_checks",
            "run_events",
            "task_stages",
            "triggering_run",
            "triggering_source",
            "workspace",
            "workspace.organization");

    private final Runs runs;
    private final RunReading reading;
    private final RunQueue queue;
    private final ForcedExecution forced;
    private final RunDocument documents;
    private final RunEventView eventViews;
    private final List<RunInclude> includes;
    private final Workspaces workspaces;
    private final Organizations organizations;
    private final Grants grants;
    private final Caller caller;
    private final AgentPools pools;
    private final InstantSource clock;

    RunResource(
            Runs runs,
            RunReading reading,
            RunQueue queue,
            ForcedExecution forced,
            RunDocument documents,
            RunEventView eventViews,
            @All List<RunInclude> includes,
            Workspaces workspaces,
            Organizations organizations,
            Grants grants,
            Caller caller,
            AgentPools pools,
            @Identifier("api") InstantSource clock) {
        this.runs = runs;
        this.reading = reading;
        this.queue = queue;
        this.forced = forced;
        this.documents = documents;
        this.eventViews = eventViews;
        this.includes = includes;
        this.workspaces = workspaces;
        this.organizations = organizations;
        this.grants = grants;
        this.caller = caller;
        this.pools = pools;
        this.clock = clock;
    }

    @RunOnVirtualThread
    @POST
    @Path("runs")
    @Needs(Permission.QUEUE_RUNS)
    public Response create(@HeaderParam("X-Terraform-Integration") @Nullable String integration, InputStream body) {
        RequestDocument document = RequestDocument.read(body);
        WorkspaceId id = RunRequests.workspace(document);
        Workspace workspace = workspaces.permitted(caller.principal(), id.value(), Permission.QUEUE_RUNS);
        String source = integration == null ? "tfe-api" : Runs.FROM_CLOUD_BLOCK;
        NewRun request = RunRequests.parse(document, workspace.id(), caller.principal(), source);
        if (!request.planOnly()) {
            allowApply(workspace, request);
        }
        return Documents.created(documents.of(runs.create(request), caller.principal()));
    }

    /** Who may only plan may still start a run that somebody else confirms, but not one that applies by itself. */
    private void allowApply(Workspace workspace, NewRun request) {
        if (request.autoApply().orElse(workspace.autoApply())) {
            grants.require(caller.principal(), workspace.place(), Permission.APPLY_RUNS);
        }
    }

    @GET
    @Path("runs/{run}")
    @Needs(Permission.READ_RUNS)
    @Transactional
    @Reading
    public Response read(@PathParam("run") String id, @QueryParam("include") @Nullable String include) {
        Run run = permitted(id, Permission.READ_RUNS);
        return Documents.ok(documents.of(run, caller.principal()), included(run, include));
    }

    @GET
    @Path("workspaces/{workspace}/runs")
    @Needs(Permission.READ_RUNS)
    @Transactional
    @Reading
    public Response ofWorkspace(@PathParam("workspace") String id, @Context UriInfo uri) {
        WorkspaceId workspace = workspaceId(id);
        workspaces.require(caller.principal(), workspace, Permission.READ_RUNS);
        Page page = Page.of(uri);
        Map<String, List<String>> filters = filters(uri);
        if (!filters.containsKey("operation")) {
            filters.put("plan_only", List.of("false"));
        }
        RunReading.Listing listing = reading.ofWorkspace(workspace, filters, page);
        return Documents.page(
                documents.all(listing.runs(), caller.principal()),
                included(listing.runs(), uri.getQueryParameters().getFirst("include")),
                page,
                listing.total(),
                uri);
    }

    @GET
    @Path("organizations/{organization}/runs")
    @Needs(Permission.READ)
    @Transactional
    @Reading
    public Response ofOrganization(@PathParam("organization") String name, @Context UriInfo uri) {
        String organization = organizations
                .permitted(caller.principal(), name, Permission.READ)
                .id();
        Page page = Page.of(uri);
        RunReading.Part part =
                reading.ofOrganization(organization, filtersWithin(organization, uri), visible(organization), page);
        return Documents.uncounted(
                documents.all(part.runs(), caller.principal()),
                included(part.runs(), uri.getQueryParameters().getFirst("include")),
                page,
                part.more(),
                uri);
    }

    /** Runs that are worked on, then those that wait for a place, then those that wait for their workspace; each oldest first. */
    @GET
    @Path("organizations/{organization}/runs/queue")
    @Needs(Permission.READ)
    @Transactional
    @Reading
    public Response queue(@PathParam("organization") String name, @Context UriInfo uri) {
        String organization = organizations
                .permitted(caller.principal(), name, Permission.READ)
                .id();
        List<RunQueue.Place> places = queue.of(organization, visible(organization));
        List<Resource> resources =
                documents.all(places.stream().map(RunQueue.Place::run).toList(), caller.principal());
        for (int i = 0; i < resources.size(); i++) {
            resources.get(i).with("position-in-queue", places.get(i).position());
        }
        return isPaged(uri)
                ? Documents.slice(resources, uri)
                : Documents.page(resources, new Page(1, Page.MOST), resources.size(), uri);
    }

    /** The terraform command asks for no page and looks for its run in the first one. */
    private static boolean isPaged(UriInfo uri) {
        return uri.getQueryParameters().containsKey("page[number]")
                || uri.getQueryParameters().containsKey("page[size]");
    }

    /** How many runs of the organization wait, and how many are worked on. */
    @GET
    @Path("organizations/{organization}/capacity")
    @Needs(Permission.READ)
    public Response capacity(@PathParam("organization") String name) {
        String organization = organizations
                .permitted(caller.principal(), name, Permission.READ)
                .id();
        RunQueue.Counts counts = queue.counts(organization);
        return Documents.ok(Resource.of("organization-capacity", name)
                .with("pending", counts.pending())
                .with("running", counts.working()));
    }

    @RunOnVirtualThread
    @POST
    @Path("runs/{run}/actions/apply")
    @Needs(Permission.APPLY_RUNS)
    public Response apply(@PathParam("run") String id, InputStream body) {
        return act(
                id,
                Permission.APPLY_RUNS,
                new RunInput.Confirm(caller.principal().name()),
                "confirmed",
                body);
    }

    @RunOnVirtualThread
    @POST
    @Path("runs/{run}/actions/discard")
    @Needs(Permission.APPLY_RUNS)
    public Response discard(@PathParam("run") String id, InputStream body) {
        return act(
                id,
                Permission.APPLY_RUNS,
                new RunInput.Discard(caller.principal().name()),
                "discarded",
                body);
    }

    @RunOnVirtualThread
    @POST
    @Path("runs/{run}/actions/cancel")
    @Needs(Permission.APPLY_RUNS)
    public Response cancel(@PathParam("run") String id, InputStream body) {
        return act(
                id,
                Permission.APPLY_RUNS,
                new RunInput.Cancel(caller.principal().name()),
                "canceled",
                body);
    }

    @RunOnVirtualThread
    @POST
    @Path("runs/{run}/actions/force-cancel")
    @Needs(Permission.APPLY_RUNS)
    public Response forceCancel(@PathParam("run") String id, InputStream body) {
        return act(
                id,
                Permission.APPLY_RUNS,
                new RunInput.ForceCancel(caller.principal().name()),
                "force_canceled",
                body);
    }

    /** Gives up what stands before it in the queue. */
    @RunOnVirtualThread
    @POST
    @Path("runs/{run}/actions/force-execute")
    @Needs(Permission.APPLY_RUNS)
    public Response forceExecute(@PathParam("run") String id, InputStream body) {
        Run run = permitted(id, Permission.APPLY_RUNS);
        forced.force(
                run.id(), caller.principal().name(), RequestDocument.read(body).comment());
        return Response.accepted().build();
    }

    /** What people did to the run. */
    @GET
    @Path("runs/{run}/run-events")
    @Needs(Permission.READ_RUNS)
    public Response events(@PathParam("run") String id) {
        Run run = permitted(id, Permission.READ_RUNS);
        return Documents.list(
                reading.events(run.id()).stream().map(eventViews::of).toList());
    }

    @GET
    @Path("run-events/{event}")
    @Needs(Permission.READ_RUNS)
    public Response event(@PathParam("event") String id) {
        RunReading.RunEvent event = reading.event(id).orElseThrow(Problem::notFound);
        permitted(event.run().value(), Permission.READ_RUNS);
        return Documents.ok(eventViews.of(event));
    }

    private Response act(String id, Permission permission, RunInput.Wish wish, String action, InputStream body) {
        Run run = permitted(id, permission);
        runs.wish(run.id(), wish, action, RequestDocument.read(body).comment());
        return Response.accepted().build();
    }

    private Run permitted(String id, Permission permission) {
        if (!Ids.isOne("run", id)) {
            throw Problem.notFound();
        }
        Run run = runs.find(new RunId(id)).orElseThrow(Problem::notFound);
        workspaces.require(caller.principal(), run.workspace(), permission);
        return run;
    }

    private static WorkspaceId workspaceId(String id) {
        if (!Ids.isOne("ws", id)) {
            throw Problem.notFound();
        }
        return new WorkspaceId(id);
    }

    private Visibility visible(String organizationId) {
        return grants.visibleWorkspaces(caller.principal(), organizationId);
    }

    private static Map<String, List<String>> filters(UriInfo uri) {
        Map<String, List<String>> filters = new LinkedHashMap<>();
        for (String name : List.of("status", "source", "operation", "status_group")) {
            values(uri, "filter[" + name + "]").ifPresent(values -> filters.put(name, values));
        }
        for (String name : List.of("user", "basic", "commit")) {
            String text = uri.getQueryParameters().getFirst("search[" + name + "]");
            if (text != null && !text.isBlank()) {
                filters.put(name, List.of(text.trim()));
            }
        }
        return filters;
    }

    /** Names that no workspace has select nothing. */
    private Map<String, List<String>> filtersWithin(String organizationId, UriInfo uri) {
        Map<String, List<String>> filters = filters(uri);
        filters.put("created", Timeframe.of(uri.getQueryParameters().getFirst("filter[timeframe]"), clock.instant()));
        values(uri, "filter[agent_pool_names]")
                .ifPresent(names -> filters.put("agent_pool", pools.named(organizationId, names)));
        values(uri, "filter[workspace_names]")
                .ifPresent(names -> filters.put(
                        "workspace",
                        names.stream()
                                .flatMap(name -> workspaces.byName(organizationId, name).stream())
                                .map(workspace -> workspace.id().value())
                                .toList()));
        return filters;
    }

    /** At most 50, separated by commas. */
    private static Optional<List<String>> values(UriInfo uri, String parameter) {
        return Optional.ofNullable(uri.getQueryParameters().getFirst(parameter))
                .filter(value -> !value.isBlank())
                .map(value -> Arrays.stream(value.split(","))
                        .limit(50)
                        .map(String::trim)
                        .toList());
    }

    /** Each once, however many runs it belongs to. */
    private List<Resource> included(List<Run> listed, @Nullable String include) {
        Map<String, Resource> resources = new LinkedHashMap<>();
        for (Run run : listed) {
            included(run, include).forEach(resource -> resources.putIfAbsent(resource.key(), resource));
        }
        return List.copyOf(resources.values());
    }

    private List<Resource> included(Run run, @Nullable String include) {
        if (include == null || include.isBlank()) {
            return List.of();
        }
        List<Resource> resources = new ArrayList<>();
        Arrays.stream(include.split(",")).map(String::trim).distinct().limit(20).forEach(name -> {
            if (!INCLUDES.contains(name)) {
                throw Problem.malformed("Invalid include parameter");
            }
            includes.stream().filter(part -> part.name().equals(name)).forEach(part -> resources.addAll(part.of(run)));
        });
        return resources;
    }
}
