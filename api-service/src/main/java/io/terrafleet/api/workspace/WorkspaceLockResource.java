package io.terrafleet.api.workspace;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.RequestDocument;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Response;
import java.io.InputStream;

/** Holding a workspace and letting it go, over HTTP. */
@Path("/api/v2")
@RunOnVirtualThread
public class WorkspaceLockResource {
    private final Workspaces workspaces;
    private final WorkspaceLocks locks;
    private final WorkspaceAnswers answers;
    private final Caller caller;

    WorkspaceLockResource(Workspaces workspaces, WorkspaceLocks locks, WorkspaceAnswers answers, Caller caller) {
        this.workspaces = workspaces;
        this.locks = locks;
        this.answers = answers;
        this.caller = caller;
    }

    /** The reason comes as a resource's attribute or as plain JSON; both are seen in the wild. */
    @POST
    @Path("workspaces/{workspace}/actions/lock")
    @Needs(Permission.LOCK_WORKSPACE)
    public Response lock(@PathParam("workspace") String id, InputStream body) {
        Workspace workspace = workspaces.permitted(caller.principal(), id, Permission.LOCK_WORKSPACE);
        RequestDocument document = RequestDocument.read(body);
        String reason =
                document.text("reason").orElse(document.root().path("reason").asText(""));
        return Documents.ok(answers.view(locks.lock(workspace.id(), caller.principal(), reason)));
    }

    @POST
    @Path("workspaces/{workspace}/actions/unlock")
    @Needs(Permission.LOCK_WORKSPACE)
    public Response unlock(@PathParam("workspace") String id) {
        Workspace workspace = workspaces.permitted(caller.principal(), id, Permission.LOCK_WORKSPACE);
        return Documents.ok(answers.view(locks.unlock(workspace.id(), caller.principal())));
    }

    /** For the holder, and for who administers the workspace. */
    @POST
    @Path("workspaces/{workspace}/actions/force-unlock")
    @Needs(Permission.LOCK_WORKSPACE)
    public Response forceUnlock(@PathParam("workspace") String id) {
        Principal who = caller.principal();
        Workspace workspace = workspaces.permitted(who, id, Permission.LOCK_WORKSPACE);
        boolean own = workspace
                .lock()
                .filter(lock -> lock.holder() != Holder.RUN && lock.holderId().equals(who.id()))
                .isPresent();
        if (!own) {
            workspaces.permitted(who, id, Permission.FORCE_UNLOCK);
        }
        return Documents.ok(answers.view(locks.forceUnlock(workspace.id())));
    }
}
