package io.terrafleet.api.assessment;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.RunInput;
import io.terrafleet.api.run.Runs;
import io.terrafleet.api.workspace.Workspaces;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cost estimates, task stages, policy evaluations. */
@Path("/api/v2")
@RunOnVirtualThread
public class AssessmentResource {
    private final Runs runs;
    private final CostEstimateView costs;
    private final TaskStageView stages;
    private final Workspaces workspaces;
    private final Caller caller;

    AssessmentResource(Runs runs, CostEstimateView costs, TaskStageView stages, Workspaces workspaces, Caller caller) {
        this.runs = runs;
        this.costs = costs;
        this.stages = stages;
        this.workspaces = workspaces;
        this.caller = caller;
    }

    @GET
    @Path("cost-estimates/{id}")
    @Needs(Permission.READ_RUNS)
    public Response costEstimate(@PathParam("id") String id) {
        return Documents.ok(costs.resource(run("ce", id, Permission.READ_RUNS)));
    }

    @GET
    @Path("runs/{run}/task-stages")
    @Needs(Permission.READ_RUNS)
    public Response stages(@PathParam("run") String id, @Context UriInfo uri) {
        Run run = run("run", id, Permission.READ_RUNS);
        return Documents.page(List.of(stages.stage(run)), new Page(1, 20), 1, uri);
    }

    @GET
    @Path("runs/{run}/policy-checks")
    @Needs(Permission.READ_RUNS)
    public Response policyChecks(@PathParam("run") String id, @Context UriInfo uri) {
        run("run", id, Permission.READ_RUNS);
        return Documents.page(List.of(), new Page(1, 20), 0, uri);
    }

    @GET
    @Path("task-stages/{id}")
    @Needs(Permission.READ_RUNS)
    public Response stage(@PathParam("id") String id, @QueryParam("include") @Nullable String include) {
        Run run = run("ts", id, Permission.READ_RUNS);
        List<Resource> included =
                include != null && include.contains("policy_evaluations") ? List.of(stages.evaluation(run)) : List.of();
        return Documents.ok(stages.stage(run), included);
    }

    @POST
    @Path("task-stages/{id}/actions/override")
    @Needs(Permission.OVERRIDE_RUN_POLICIES)
    public Response override(@PathParam("id") String id, InputStream body) {
        Run run = run("ts", id, Permission.OVERRIDE_RUN_POLICIES);
        String comment = RequestDocument.read(body).comment();
        Run after = runs.wish(
                run.id(), new RunInput.OverrideBlock(caller.principal().name()), "overridden", comment);
        return Documents.ok(stages.stage(after));
    }

    @GET
    @Path("task-stages/{id}/policy-evaluations")
    @Needs(Permission.READ_RUNS)
    public Response evaluations(@PathParam("id") String id, @Context UriInfo uri) {
        Run run = run("ts", id, Permission.READ_RUNS);
        return Documents.page(List.of(stages.evaluation(run)), new Page(1, 20), 1, uri);
    }

    @GET
    @Path("policy-evaluations/{id}")
    @Needs(Permission.READ_RUNS)
    public Response evaluation(@PathParam("id") String id) {
        return Documents.ok(stages.evaluation(run("poleval", id, Permission.READ_RUNS)));
    }

    @GET
    @Path("policy-evaluations/{id}/policy-set-outcomes")
    @Needs(Permission.READ_RUNS)
    public Response outcomes(@PathParam("id") String id, @Context UriInfo uri) {
        List<Resource> outcomes = stages.outcomes(run("poleval", id, Permission.READ_RUNS));
        return Documents.page(outcomes, new Page(1, Page.MOST), outcomes.size(), uri);
    }

    private Run run(String prefix, String id, Permission permission) {
        Run run = Run.ofSibling(prefix, id).flatMap(runs::find).orElseThrow(Problem::notFound);
        workspaces.permitted(caller.principal(), run.workspace().value(), permission);
        return run;
    }
}
