package io.terrafleet.api.assessment;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.RunInput;
import io.terrafleet.api.run.Runs;
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
    private final Grants grants;
    private final Caller caller;

    AssessmentResource(Runs runs, CostEstimateView costs, TaskStageView stages, Grants grants, Caller caller) {
        this.runs = runs;
        this.costs = costs;
        this.stages = stages;
        this.grants = grants;
        this.caller = caller;
    }

    @GET
    @Path("cost-estimates/{id}")
    public Response costEstimate(@PathParam("id") String id) {
        return Documents.ok(costs.resource(run("ce", id, Permission.READ)));
    }

    @GET
    @Path("runs/{run}/task-stages")
    public Response stages(@PathParam("run") String id, @Context UriInfo uri) {
        Run run = run("run", id, Permission.READ);
        return Documents.page(List.of(stages.stage(run)), new Page(1, 20), 1, uri);
    }

    @GET
    @Path("runs/{run}/policy-checks")
    public Response policyChecks(@PathParam("run") String id, @Context UriInfo uri) {
        run("run", id, Permission.READ);
        return Documents.page(List.of(), new Page(1, 20), 0, uri);
    }

    @GET
    @Path("task-stages/{id}")
    public Response stage(@PathParam("id") String id, @QueryParam("include") @Nullable String include) {
        Run run = run("ts", id, Permission.READ);
        List<Resource> included =
                include != null && include.contains("policy_evaluations") ? List.of(stages.evaluation(run)) : List.of();
        return Documents.ok(stages.stage(run), included);
    }

    @POST
    @Path("task-stages/{id}/actions/override")
    public Response override(@PathParam("id") String id, InputStream body) {
        Run run = run("ts", id, Permission.OWN);
        String comment = RequestDocument.read(body).comment();
        Run after = runs.wish(
                run.id(), new RunInput.OverrideBlock(caller.principal().name()), "overridden", comment);
        return Documents.ok(stages.stage(after));
    }

    @GET
    @Path("task-stages/{id}/policy-evaluations")
    public Response evaluations(@PathParam("id") String id, @Context UriInfo uri) {
        Run run = run("ts", id, Permission.READ);
        return Documents.page(List.of(stages.evaluation(run)), new Page(1, 20), 1, uri);
    }

    @GET
    @Path("policy-evaluations/{id}")
    public Response evaluation(@PathParam("id") String id) {
        return Documents.ok(stages.evaluation(run("poleval", id, Permission.READ)));
    }

    @GET
    @Path("policy-evaluations/{id}/policy-set-outcomes")
    public Response outcomes(@PathParam("id") String id, @Context UriInfo uri) {
        List<Resource> outcomes = stages.outcomes(run("poleval", id, Permission.READ));
        return Documents.page(outcomes, new Page(1, Page.MOST), outcomes.size(), uri);
    }

    private Run run(String prefix, String id, Permission permission) {
        Run run = Run.ofSibling(prefix, id).flatMap(runs::find).orElseThrow(Problem::notFound);
        grants.require(caller.principal(), run.organizationId(), permission);
        return run;
    }
}
