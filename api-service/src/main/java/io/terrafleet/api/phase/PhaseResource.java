package io.terrafleet.api.phase;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.artifact.Artifacts;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.run.PlanOutcome;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.RunView;
import io.terrafleet.api.run.Runs;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.ArtifactRef;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import java.util.function.Function;

/** {@code plans} and {@code applies}. */
@Path("/api/v2")
public class PhaseResource {
    private final Runs runs;
    private final PhaseView view;
    private final Artifacts artifacts;
    private final Workspaces workspaces;
    private final Caller caller;

    PhaseResource(Runs runs, PhaseView view, Artifacts artifacts, Workspaces workspaces, Caller caller) {
        this.runs = runs;
        this.view = view;
        this.artifacts = artifacts;
        this.workspaces = workspaces;
        this.caller = caller;
    }

    @GET
    @Path("plans/{plan}")
    @Needs(Permission.READ_RUNS)
    public Response plan(@PathParam("plan") String id) {
        return Documents.ok(view.plan(run("plan", id, Permission.READ_RUNS)));
    }

    @GET
    @Path("runs/{run}/plan")
    @Needs(Permission.READ_RUNS)
    public Response planOf(@PathParam("run") String id) {
        return Documents.ok(view.plan(run("run", id, Permission.READ_RUNS)));
    }

    @GET
    @Path("applies/{apply}")
    @Needs(Permission.READ_RUNS)
    public Response apply(@PathParam("apply") String id) {
        return Documents.ok(view.apply(run("apply", id, Permission.READ_RUNS)));
    }

    @GET
    @Path("runs/{run}/apply")
    @Needs(Permission.READ_RUNS)
    public Response applyOf(@PathParam("run") String id) {
        return Documents.ok(view.apply(run("run", id, Permission.READ_RUNS)));
    }

    /** {@code terraform show -json}, verbatim, sensitive values included: for those who may read state. 204 until there is one. */
    @RunOnVirtualThread
    @GET
    @Path("plans/{plan}/json-output")
    @Needs(Permission.READ_PLAN_JSON)
    public Response json(@PathParam("plan") String id) {
        return document(run("plan", id, Permission.READ_PLAN_JSON), PlanOutcome::json);
    }

    @RunOnVirtualThread
    @GET
    @Path("runs/{run}/plan/json-output")
    @Needs(Permission.READ_PLAN_JSON)
    public Response jsonOf(@PathParam("run") String id) {
        return document(run("run", id, Permission.READ_PLAN_JSON), PlanOutcome::json);
    }

    @RunOnVirtualThread
    @GET
    @Path("plans/{plan}/json-output-redacted")
    @Needs(Permission.READ_RUNS)
    public Response redacted(@PathParam("plan") String id) {
        return document(run("plan", id, Permission.READ_RUNS), PlanOutcome::redacted);
    }

    private Response document(Run run, Function<PlanOutcome, ArtifactRef> which) {
        Optional<ArtifactRef> artifact = RunView.plan(run.state()).map(which);
        return artifact.map(found -> Response.ok(artifacts.open(found.id()), MediaType.APPLICATION_JSON)
                        .build())
                .orElseGet(() -> Response.noContent().build());
    }

    private Run run(String prefix, String id, Permission permission) {
        Run run = Run.ofSibling(prefix, id).flatMap(runs::find).orElseThrow(Problem::notFound);
        workspaces.permitted(caller.principal(), run.workspace().value(), permission);
        return run;
    }
}
