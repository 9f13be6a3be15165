package io.terrafleet.api.stage;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Open;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.Runs;
import io.terrafleet.api.workspace.Workspaces;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.HeaderParam;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What run tasks answered; and the address at which they answer. */
@Path("/api/v2/task-results")
@RunOnVirtualThread
public class TaskResultResource {
    private final TaskStages stages;
    private final Runs runs;
    private final Workspaces workspaces;
    private final Caller caller;

    TaskResultResource(TaskStages stages, Runs runs, Workspaces workspaces, Caller caller) {
        this.stages = stages;
        this.runs = runs;
        this.workspaces = workspaces;
        this.caller = caller;
    }

    @GET
    @Needs(Permission.READ_RUNS)
    @Path("{id}")
    public Response show(@PathParam("id") String id) {
        TaskStage.Result result = permitted(id);
        boolean speculative =
                runs.find(result.run()).filter(run -> run.options().planOnly()).isPresent();
        return Documents.ok(StageView.of(result, speculative));
    }

    @GET
    @Needs(Permission.READ_RUNS)
    @Path("{id}/outcomes")
    public Response outcomes(@PathParam("id") String id) {
        TaskStage.Result result = permitted(id);
        List<Resource> outcomes = new ArrayList<>();
        result.outcomes().forEach(outcome -> {
            Resource resource = Resource.of("task-result-outcomes", result.id() + "-" + outcomes.size());
            outcome.properties().forEach(entry -> resource.with(entry.getKey(), entry.getValue()));
            outcomes.add(resource);
        });
        return Documents.list(outcomes);
    }

    @PATCH
    @Path("{id}/callback")
    @Open(because = "the access token of the task's payload, compared with its hash")
    public Response answer(
            @PathParam("id") String id,
            @HeaderParam("Authorization") @Nullable String authorization,
            InputStream body) {
        TaskToken token = TaskToken.of(authorization)
                .filter(found -> found.resultId().equals(id))
                .orElseThrow(Problem::unauthorized);
        TaskStage.Result result = stages.answer(id, token.key(), Answer.read(RequestDocument.read(body)));
        stages.conclude(result.stageId());
        return Response.ok().build();
    }

    private TaskStage.Result permitted(String id) {
        TaskStage.Result result = stages.result(id).orElseThrow(Problem::notFound);
        Run run = runs.find(result.run()).orElseThrow(Problem::notFound);
        workspaces.permitted(caller.principal(), run.workspace().value(), Permission.READ_RUNS);
        return result;
    }
}
