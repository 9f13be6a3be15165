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
import io.terrafleet.api.stage.TaskStage;
import io.terrafleet.api.stage.TaskStages;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Cost estimates, task stages, policy evaluations. */
@Path("/api/v2")
@RunOnVirtualThread
public class AssessmentResource {
    private final Runs runs;
    private final CostEstimateView costs;
    private final TaskStageView stages;
    private final TaskStages taskStages;
    private final Grants grants;
    private final Caller caller;

    AssessmentResource(
            Runs runs,
            CostEstimateView costs,
            TaskStageView stages,
            TaskStages taskStages,
            Grants grants,
            Caller caller) {
        this.runs = runs;
        this.costs = costs;
        this.stages = stages;
        this.taskStages = taskStages;
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
        return Documents.page(stages.all(run), new Page(1, 20), run.taskStages().size(), uri);
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
        Run run = ofStage(id, Permission.READ);
        List<Resource> included = new ArrayList<>();
        if (include != null && include.contains("task_results")) {
            included.addAll(stages.results(id));
        }
        if (include != null && include.contains("policy_evaluations") && judges(run, id)) {
            included.add(stages.evaluation(run));
        }
        return Documents.ok(stages.stage(run, id), included);
    }

    @POST
    @Path("task-stages/{id}/actions/override")
    public Response override(@PathParam("id") String id, InputStream body) {
        Run run = ofStage(id, Permission.OWN);
        if (!judges(run, id)) {
            throw Problem.conflict("Run tasks cannot be overridden: make the task advisory, or start a new run.");
        }
        String comment = RequestDocument.read(body).comment();
        Run after = runs.wish(
                run.id(), new RunInput.OverrideBlock(caller.principal().name()), "overridden", comment);
        return Documents.ok(stages.stage(after, id));
    }

    @GET
    @Path("task-stages/{id}/policy-evaluations")
    public Response evaluations(@PathParam("id") String id, @Context UriInfo uri) {
        Run run = ofStage(id, Permission.READ);
        List<Resource> evaluations = judges(run, id) ? List.of(stages.evaluation(run)) : List.of();
        return Documents.page(evaluations, new Page(1, 20), evaluations.size(), uri);
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

    @GET
    @Path("policy-set-outcomes/{id}")
    public Response outcome(@PathParam("id") String id) {
        TaskStageView.Found found = stages.outcome(id).orElseThrow(Problem::notFound);
        grants.require(caller.principal(), found.run().organizationId(), Permission.READ);
        return Documents.ok(found.outcome());
    }

    /** In words, as {@code terraform plan} prints it; amounts in US dollars a month. */
    @GET
    @Path("cost-estimates/{id}/output")
    public Response costOutput(@PathParam("id") String id) {
        return Response.ok(costs.text(run("ce", id, Permission.READ)), MediaType.TEXT_PLAIN_TYPE.withCharset("UTF-8"))
                .build();
    }

    private static boolean judges(Run run, String stageId) {
        return stageId.equals(run.sibling("ts"));
    }

    private Run ofStage(String id, Permission permission) {
        Run run = taskStages
                .find(id)
                .map(TaskStage::run)
                .or(() -> Run.ofSibling("ts", id))
                .flatMap(runs::find)
                .orElseThrow(Problem::notFound);
        grants.require(caller.principal(), run.organizationId(), permission);
        return run;
    }

    private Run run(String prefix, String id, Permission permission) {
        Run run = Run.ofSibling(prefix, id).flatMap(runs::find).orElseThrow(Problem::notFound);
        grants.require(caller.principal(), run.organizationId(), permission);
        return run;
    }
}
