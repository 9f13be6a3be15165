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
import io.terrafleet.api.run.Runs;
import io.terrafleet.api.stage.TaskStage;
import io.terrafleet.api.stage.TaskStages;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
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
    private final Overrides overrides;
    private final OverrideRights overrideRights;
    private final Workspaces workspaces;
    private final Caller caller;

    AssessmentResource(
            Runs runs,
            CostEstimateView costs,
            TaskStageView stages,
            TaskStages taskStages,
            Overrides overrides,
            OverrideRights overrideRights,
            Workspaces workspaces,
            Caller caller) {
        this.runs = runs;
        this.costs = costs;
        this.stages = stages;
        this.taskStages = taskStages;
        this.overrides = overrides;
        this.overrideRights = overrideRights;
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
        return Documents.page(stages.all(run), new Page(1, 20), run.taskStages().size(), uri);
    }

    @GET
    @Path("task-stages/{id}")
    @Needs(Permission.READ_RUNS)
    public Response stage(@PathParam("id") String id, @QueryParam("include") @Nullable String include) {
        Run run = ofStage(id, Permission.READ_RUNS);
        List<Resource> included = new ArrayList<>();
        if (include != null && include.contains("task_results")) {
            included.addAll(stages.results(run, id));
        }
        if (include != null && include.contains("policy_evaluations") && judges(run, id)) {
            included.add(stages.evaluation(run));
        }
        return Documents.ok(stages.stage(run, id, caller.principal()), included);
    }

    @POST
    @Path("task-stages/{id}/actions/override")
    @Needs(Permission.READ_RUNS)
    public Response override(@PathParam("id") String id, InputStream body) {
        Run run = ofStage(id, Permission.READ_RUNS);
        if (!judges(run, id)) {
            throw Problem.conflict("Run tasks cannot be overridden: make the task advisory, or start a new run.");
        }
        String comment = RequestDocument.read(body).comment();
        overrideRights.require(caller.principal(), run, workspace(run), comment);
        Run after = overrides.override(run.id(), Part.TASK_STAGE, caller.principal(), comment);
        return Documents.ok(stages.stage(after, id, caller.principal()));
    }

    @GET
    @Path("task-stages/{id}/policy-evaluations")
    @Needs(Permission.READ_RUNS)
    public Response evaluations(@PathParam("id") String id, @Context UriInfo uri) {
        Run run = ofStage(id, Permission.READ_RUNS);
        List<Resource> evaluations = judges(run, id) ? List.of(stages.evaluation(run)) : List.of();
        return Documents.page(evaluations, new Page(1, 20), evaluations.size(), uri);
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

    @GET
    @Path("policy-set-outcomes/{id}")
    @Needs(Permission.READ_RUNS)
    public Response outcome(@PathParam("id") String id) {
        if (Run.ofSibling(BudgetSet.PREFIX, id).isPresent()) {
            Run run = run(BudgetSet.PREFIX, id, Permission.READ_RUNS);
            return Documents.ok(stages.budgets(run).orElseThrow(Problem::notFound));
        }
        TaskStageView.Found found = stages.outcome(id).orElseThrow(Problem::notFound);
        workspaces.permitted(caller.principal(), found.run().workspace().value(), Permission.READ_RUNS);
        return Documents.ok(found.outcome());
    }

    /** In words, as {@code terraform plan} prints it; amounts in US dollars a month. */
    @GET
    @Path("cost-estimates/{id}/output")
    @Needs(Permission.READ_RUNS)
    public Response costOutput(@PathParam("id") String id) {
        return Response.ok(
                        costs.text(run("ce", id, Permission.READ_RUNS)), MediaType.TEXT_PLAIN_TYPE.withCharset("UTF-8"))
                .build();
    }

    private Workspace workspace(Run run) {
        return workspaces.permitted(caller.principal(), run.workspace().value(), Permission.READ_RUNS);
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
        workspaces.permitted(caller.principal(), run.workspace().value(), permission);
        return run;
    }

    private Run run(String prefix, String id, Permission permission) {
        Run run = Run.ofSibling(prefix, id).flatMap(runs::find).orElseThrow(Problem::notFound);
        workspaces.permitted(caller.principal(), run.workspace().value(), permission);
        return run;
    }
}
