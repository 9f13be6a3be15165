package io.terrafleet.api.run;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.run.RunComments.RunComment;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.RunId;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** Comments on runs over HTTP. */
@Path("/api/v2")
@RunOnVirtualThread
public class RunCommentResource {
    private final RunComments comments;
    private final Runs runs;
    private final Workspaces workspaces;
    private final Caller caller;

    RunCommentResource(RunComments comments, Runs runs, Workspaces workspaces, Caller caller) {
        this.comments = comments;
        this.runs = runs;
        this.workspaces = workspaces;
        this.caller = caller;
    }

    @GET
    @Path("runs/{run}/comments")
    @Needs(Permission.READ_RUNS)
    public Response list(@PathParam("run") String id) {
        Run run = permitted(id, Permission.READ_RUNS);
        return Documents.list(
                comments.of(run.id()).stream().map(RunCommentResource::view).toList());
    }

    @POST
    @Path("runs/{run}/comments")
    @Needs(Permission.APPLY_RUNS)
    public Response create(@PathParam("run") String id, InputStream body) {
        Run run = permitted(id, Permission.APPLY_RUNS);
        String text = RequestDocument.read(body).required("body");
        return Documents.created(view(comments.add(run.id(), caller.principal(), text)));
    }

    @GET
    @Path("comments/{comment}")
    @Needs(Permission.READ_RUNS)
    public Response show(@PathParam("comment") String id) {
        RunComment comment = comments.find(id).orElseThrow(Problem::notFound);
        Run run = permitted(comment.run().value(), Permission.READ_RUNS);
        return Documents.ok(view(comment).toOne("run", "runs", run.id().value()));
    }

    private Run permitted(String id, Permission permission) {
        if (!Ids.isOne("run", id)) {
            throw Problem.notFound();
        }
        Run run = runs.find(new RunId(id)).orElseThrow(Problem::notFound);
        workspaces.permitted(caller.principal(), run.workspace().value(), permission);
        return run;
    }

    private static Resource view(RunComment comment) {
        return Resource.of("comments", comment.id())
                .with("body", comment.body())
                .with("created-at", comment.at())
                .with("author-name", comment.authorName())
                .toOne("run-event", "run-events", comment.event().orElse(null))
                .link("self", "/api/v2/comments/" + comment.id());
    }
}
