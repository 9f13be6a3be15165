package io.terrafleet.api.task;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.random.RandomGenerator;

/** The door to which workspace has which tasks, and to what a run of it meets. */
@ApplicationScoped
public class WorkspaceTasks {
    private static final int MOST_OF_WORKSPACE = 50;
    private static final int MOST_GLOBAL = 200;

    private final TaskStore store;
    private final InstantSource clock;
    private final RandomGenerator random;

    WorkspaceTasks(TaskStore store, @Identifier("api") InstantSource clock, @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.clock = clock;
        this.random = random;
    }

    @Transactional
    public Optional<WorkspaceTask> find(WorkspaceId workspace, String id) {
        return store.attachment(id)
                .filter(row -> row.workspaceId.equals(workspace.value()))
                .map(WorkspaceTasks::view);
    }

    @Transactional
    public Optional<WorkspaceTask> find(String id) {
        return store.attachment(id).map(WorkspaceTasks::view);
    }

    /** Oldest first. */
    @Transactional
    public List<WorkspaceTask> list(WorkspaceId workspace) {
        return store.attachments(workspace.value()).stream()
                .map(WorkspaceTasks::view)
                .toList();
    }

    /** Ids of a task's attachments, at most 1000. */
    @Transactional
    public List<String> idsOf(String taskId) {
        return store.attachmentsOf(taskId).stream().map(row -> row.id).toList();
    }

    @Transactional
    public WorkspaceTask create(Workspace workspace, String taskId, RunTask.Ask ask) {
        RunTaskEntity task = store.find(taskId)
                .filter(found -> found.organizationId.equals(workspace.organizationId()))
                .orElseThrow(() -> Problem.invalidRelationship("task", "There is no such task in this organization"));
        List<WorkspaceTaskEntity> present = store.attachments(workspace.id().value());
        if (present.stream().anyMatch(row -> row.taskId.equals(task.id))) {
            throw Problem.invalidRelationship("task", "Task has already been taken");
        }
        if (present.size() >= MOST_OF_WORKSPACE) {
            throw Problem.unprocessable("A workspace may have at most " + MOST_OF_WORKSPACE + " run tasks.");
        }
        WorkspaceTaskEntity row = new WorkspaceTaskEntity();
        row.id = Ids.make("wstask", random);
        row.workspaceId = workspace.id().value();
        row.taskId = task.id;
        row.createdAt = clock.instant();
        put(row, ask);
        store.add(row);
        return view(row);
    }

    @Transactional
    public WorkspaceTask change(WorkspaceId workspace, String id, RunTask.Ask ask) {
        WorkspaceTaskEntity row = row(workspace, id);
        put(row, ask);
        store.flush();
        return view(row);
    }

    @Transactional
    public void delete(WorkspaceId workspace, String id) {
        store.remove(row(workspace, id));
    }

    /** Stages at which a run of the workspace would meet at least one task. */
    @Transactional
    public Set<Stage> stages(Workspace workspace) {
        Set<Stage> stages = EnumSet.noneOf(Stage.class);
        meetings(workspace).forEach(meeting -> stages.addAll(meeting.stages()));
        return stages;
    }

    /** What a run of the workspace meets now; what the workspace says of a task is stronger than what is said for all. */
    @Transactional
    public List<RunTask.Asked> asked(Workspace workspace, Stage stage) {
        return meetings(workspace).stream()
                .filter(meeting -> meeting.stages().contains(stage))
                .map(Meeting::asked)
                .toList();
    }

    private record Meeting(RunTask.Asked asked, Set<Stage> stages) {}

    private List<Meeting> meetings(Workspace workspace) {
        List<Meeting> meetings = new ArrayList<>();
        Set<String> own = new HashSet<>();
        for (WorkspaceTaskEntity row : store.attachments(workspace.id().value())) {
            RunTask.Ask ask = view(row).ask();
            own.add(row.taskId);
            store.find(row.taskId)
                    .filter(task -> task.enabled)
                    .ifPresent(task -> meetings.add(new Meeting(
                            new RunTask.Asked(RunTasks.view(task), ask.level(), Optional.of(row.id)), ask.stages())));
        }
        store.list(workspace.organizationId(), 0, MOST_GLOBAL).stream()
                .filter(task -> task.enabled && !own.contains(task.id))
                .map(RunTasks::view)
                .forEach(task -> task.everywhere()
                        .ifPresent(ask -> meetings.add(
                                new Meeting(new RunTask.Asked(task, ask.level(), Optional.empty()), ask.stages()))));
        return meetings;
    }

    private WorkspaceTaskEntity row(WorkspaceId workspace, String id) {
        return store.attachment(id)
                .filter(found -> found.workspaceId.equals(workspace.value()))
                .orElseThrow(Problem::notFound);
    }

    private void put(WorkspaceTaskEntity row, RunTask.Ask ask) {
        row.enforcement = ask.level().word();
        row.stages = Stage.join(ask.stages());
        row.updatedAt = clock.instant();
    }

    private static WorkspaceTask view(WorkspaceTaskEntity row) {
        return new WorkspaceTask(
                row.id,
                new WorkspaceId(row.workspaceId),
                row.taskId,
                new RunTask.Ask(Level.of(row.enforcement), Stage.split(row.stages)),
                row.createdAt,
                row.updatedAt);
    }
}
