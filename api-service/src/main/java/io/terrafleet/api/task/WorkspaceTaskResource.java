package io.terrafleet.api.task;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.Page;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** Which run tasks a workspace has. */
@Path("/api/v2/workspaces/{workspace}/tasks")
@RunOnVirtualThread
public class WorkspaceTaskResource {
    private final WorkspaceTasks tasks;
    private final Workspaces workspaces;
    private final Caller caller;

    WorkspaceTaskResource(WorkspaceTasks tasks, Workspaces workspaces, Caller caller) {
        this.tasks = tasks;
        this.workspaces = workspaces;
        this.caller = caller;
    }

    @GET
    @Needs(Permission.READ)
    public Response list(@PathParam("workspace") String workspaceId, @Context UriInfo uri) {
        List<WorkspaceTask> all =
                tasks.list(workspace(workspaceId, Permission.READ).id());
        Page page = Page.of(uri);
        return Documents.page(
                all.stream()
                        .skip(page.offset())
                        .limit(page.size())
                        .map(WorkspaceTaskResource::view)
                        .toList(),
                page,
                all.size(),
                uri);
    }

    @POST
    @Needs(Permission.MANAGE_WORKSPACE_RUN_TASKS)
    public Response create(@PathParam("workspace") String workspaceId, InputStream body) {
        Workspace workspace = workspace(workspaceId, Permission.MANAGE_WORKSPACE_RUN_TASKS);
        RequestDocument request = RequestDocument.read(body);
        String task =
                request.related("task").orElseThrow(() -> Problem.invalidRelationship("task", "Task can't be blank"));
        Level level = Level.parse("enforcement-level", request.required("enforcement-level"));
        Set<Stage> stages = stages(request).orElse(Set.of(Stage.POST_PLAN));
        return Documents.created(view(tasks.create(workspace, task, new RunTask.Ask(level, stages))));
    }

    @GET
    @Needs(Permission.READ)
    @Path("{id}")
    public Response show(@PathParam("workspace") String workspaceId, @PathParam("id") String id) {
        return Documents.ok(view(find(workspace(workspaceId, Permission.READ), id)));
    }

    @PATCH
    @Needs(Permission.MANAGE_WORKSPACE_RUN_TASKS)
    @Path("{id}")
    public Response change(@PathParam("workspace") String workspaceId, @PathParam("id") String id, InputStream body) {
        Workspace workspace = workspace(workspaceId, Permission.MANAGE_WORKSPACE_RUN_TASKS);
        WorkspaceTask before = find(workspace, id);
        RequestDocument request = RequestDocument.read(body);
        Level level = request.text("enforcement-level")
                .map(word -> Level.parse("enforcement-level", word))
                .orElse(before.ask().level());
        Set<Stage> stages = stages(request).orElse(before.ask().stages());
        return Documents.ok(view(tasks.change(workspace.id(), id, new RunTask.Ask(level, stages))));
    }

    @DELETE
    @Needs(Permission.MANAGE_WORKSPACE_RUN_TASKS)
    @Path("{id}")
    public Response delete(@PathParam("workspace") String workspaceId, @PathParam("id") String id) {
        tasks.delete(
                workspace(workspaceId, Permission.MANAGE_WORKSPACE_RUN_TASKS).id(), id);
        return Response.noContent().build();
    }

    /** {@code stages}; or the older {@code stage}, one word. */
    private static Optional<Set<Stage>> stages(RequestDocument request) {
        return request.texts("stages")
                .or(() -> request.text("stage").map(List::of))
                .map(words -> Stage.parse("stages", words));
    }

    private Workspace workspace(String id, Permission permission) {
        return workspaces.permitted(caller.principal(), id, permission);
    }

    private WorkspaceTask find(Workspace workspace, String id) {
        return tasks.find(workspace.id(), id).orElseThrow(Problem::notFound);
    }

    static Resource view(WorkspaceTask task) {
        List<String> stages =
                task.ask().stages().stream().sorted().map(Stage::word).toList();
        return Resource.of("workspace-tasks", task.id())
                .with("enforcement-level", task.ask().level().word())
                .with("stage", stages.getFirst())
                .with("stages", stages)
                .with("created-at", task.createdAt())
                .with("updated-at", task.updatedAt())
                .toOne("task", "tasks", task.taskId())
                .toOne("workspace", "workspaces", task.workspace().value())
                .link("self", "/api/v2/workspaces/" + task.workspace() + "/tasks/" + task.id());
    }
}
