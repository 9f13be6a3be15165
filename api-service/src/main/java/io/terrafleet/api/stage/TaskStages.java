package io.terrafleet.api.stage;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.run.RunChanged;
import io.terrafleet.api.run.RunCreated;
import io.terrafleet.api.run.RunInput;
import io.terrafleet.api.run.RunState;
import io.terrafleet.api.run.Runs;
import io.terrafleet.api.secret.AddressKey;
import io.terrafleet.api.task.Level;
import io.terrafleet.api.task.RunTask;
import io.terrafleet.api.task.Stage;
import io.terrafleet.api.task.WorkspaceTasks;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.event.Verdict;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/**
 * The door to stages and their results. A stage begins and ends with its run's state; when all its tasks have answered, the run is
 * told in a transaction of its own, so that a result never waits for the run's row while it is held.
 */
@ApplicationScoped
public class TaskStages {
    private final StageStore store;
    private final Runs runs;
    private final WorkspaceTasks tasks;
    private final Workspaces workspaces;
    private final StageConfig config;
    private final Event<StageBegan> began;
    private final InstantSource clock;
    private final RandomGenerator random;

    TaskStages(
            StageStore store,
            Runs runs,
            WorkspaceTasks tasks,
            Workspaces workspaces,
            StageConfig config,
            Event<StageBegan> began,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.runs = runs;
        this.tasks = tasks;
        this.workspaces = workspaces;
        this.config = config;
        this.began = began;
        this.clock = clock;
        this.random = random;
    }

    @Transactional
    public Optional<TaskStage> find(String id) {
        return store.stage(id).map(row -> StageRows.view(row, store.results(id)));
    }

    /** Empty for a stage without tasks, and before the run has come to it. */
    @Transactional
    public List<String> resultIds(String stageId) {
        return store.results(stageId).stream().map(row -> row.id).toList();
    }

    @Transactional
    public Optional<TaskStage.Result> result(String id) {
        return store.result(id).flatMap(row -> store.stage(row.stageId).map(stage -> StageRows.view(stage, row)));
    }

    void stand(@Observes RunCreated event) {
        Instant now = clock.instant();
        event.run().options().taskStages().keySet().forEach(stage -> {
            StageEntity row = new StageEntity();
            row.id = event.run().taskStage(stage).orElseThrow();
            row.runId = event.run().id().value();
            row.stage = stage.word();
            row.status = "pending";
            row.createdAt = now;
            row.updatedAt = now;
            store.add(row);
        });
        store.flush();
    }

    void follow(@Observes RunChanged event) {
        Optional<Stage> before = stage(event.from());
        Optional<Stage> after = stage(event.to());
        boolean asks = !event.now().options().taskStages().isEmpty();
        if (!asks || (before.equals(after) && !event.to().isFinished())) {
            return;
        }
        for (StageEntity row : store.stagesOf(event.run().value())) {
            if (after.filter(stage -> stage.word().equals(row.stage)).isPresent()) {
                begin(row, event);
            } else if (event.to().isFinished()) {
                giveUp(row);
            }
        }
    }

    /** At which stage the run's tasks are asked while it is in the state. */
    private static Optional<Stage> stage(RunState state) {
        return switch (state) {
            case RunState.PrePlanTasks s -> Optional.of(Stage.PRE_PLAN);
            case RunState.Assessing s -> Optional.of(Stage.POST_PLAN);
            case RunState.PreApplyTasks s -> Optional.of(Stage.PRE_APPLY);
            case RunState.PostApplyTasks s -> Optional.of(Stage.POST_APPLY);
            case RunState.Pending s -> Optional.empty();
            case RunState.PlanQueued s -> Optional.empty();
            case RunState.Planning s -> Optional.empty();
            case RunState.AwaitingOverride s -> Optional.empty();
            case RunState.AwaitingConfirmation s -> Optional.empty();
            case RunState.PlanSaved s -> Optional.empty();
            case RunState.AwaitingTurn s -> Optional.empty();
            case RunState.ApplyQueued s -> Optional.empty();
            case RunState.Applying s -> Optional.empty();
            case RunState.Stopping s -> Optional.empty();
            case RunState.Finished s -> Optional.empty();
        };
    }

    private void begin(StageEntity row, RunChanged event) {
        Instant now = clock.instant();
        row.status = "running";
        row.updatedAt = now;
        Workspace workspace = workspaces.find(event.workspace()).orElseThrow(Problem::notFound);
        tasks.asked(workspace, Stage.of(row.stage).orElseThrow()).forEach(asked -> store.add(result(row, asked, now)));
        store.flush();
        began.fire(new StageBegan(row.id));
    }

    private ResultEntity result(StageEntity stage, RunTask.Asked asked, Instant now) {
        ResultEntity row = new ResultEntity();
        row.id = Ids.make("taskrs", random);
        row.stageId = stage.id;
        row.runId = stage.runId;
        row.taskId = asked.task().id();
        row.taskName = asked.task().name();
        row.taskUrl = asked.task().url();
        row.workspaceTaskId = asked.workspaceTaskId().orElse(null);
        row.enforcement = asked.level().word();
        row.status = "pending";
        row.message = "";
        row.url = "";
        row.outcomes = "[]";
        row.nextAt = now;
        row.endBy = now.plus(config.endWithin());
        row.createdAt = now;
        row.updatedAt = now;
        return row;
    }

    /** The run is over: what is still open will not be heard any more. */
    private void giveUp(StageEntity row) {
        Instant now = clock.instant();
        if (row.status.equals("pending")) {
            row.status = "unreachable";
            row.updatedAt = now;
        } else if (row.status.equals("running")) {
            List<ResultEntity> results = store.results(row.id);
            boolean done = results.stream().allMatch(ResultEntity::ended);
            row.status = done ? verdict(views(row, results)) == Verdict.APPROVE ? "passed" : "failed" : "canceled";
            row.updatedAt = now;
            results.stream().filter(result -> !result.ended()).forEach(result -> {
                result.status = "canceled";
                result.message = "The run ended before the task did.";
                result.updatedAt = now;
            });
        }
    }

    /** A task's word. Refused with 404 for a wrong token, with 409 once the task has ended. */
    @Transactional
    public TaskStage.Result answer(String resultId, AddressKey token, Answer answer) {
        ResultEntity row = store.resultForUpdate(resultId)
                .filter(found -> found.tokenHash != null && token.fits(found.tokenHash))
                .orElseThrow(Problem::notFound);
        if (row.ended()) {
            throw Problem.conflict("The task result is " + row.status + " already.");
        }
        Instant now = clock.instant();
        row.status = answer.status();
        answer.message().ifPresent(message -> row.message = message);
        answer.url().ifPresent(url -> row.url = url);
        if (!answer.outcomes().isEmpty()) {
            row.outcomes = answer.outcomes().toString();
        }
        row.sent = true;
        Instant silent = now.plus(config.progressWithin());
        row.nextAt = silent.isBefore(row.endBy) ? silent : row.endBy;
        row.updatedAt = now;
        return StageRows.view(store.stage(row.stageId).orElseThrow(), row);
    }

    /** The run that a token of one of its unfinished results speaks for. */
    @Transactional
    public Optional<RunId> speaksFor(String resultId, AddressKey token) {
        return store.result(resultId)
                .filter(row -> !row.ended() && row.tokenHash != null && token.fits(row.tokenHash))
                .map(row -> new RunId(row.runId));
    }

    /** Tells the run when all tasks of the stage have answered. Asking twice changes nothing. */
    @Transactional
    public void conclude(String stageId) {
        Optional<TaskStage> found = find(stageId).filter(stage -> stage.status().equals("running"));
        if (found.isEmpty() || !found.get().results().stream().allMatch(TaskStage.Result::ended)) {
            return;
        }
        TaskStage stage = found.get();
        Verdict verdict = verdict(stage.results());
        List<String> reasons = reasons(stage.results());
        runs.accept(stage.run(), new RunInput.TasksDecided(stage.stage(), verdict, reasons));
        store.stage(stageId).ifPresent(row -> {
            row.status = verdict == Verdict.APPROVE ? "passed" : "failed";
            row.updatedAt = clock.instant();
        });
    }

    private static List<TaskStage.Result> views(StageEntity stage, List<ResultEntity> results) {
        return results.stream().map(row -> StageRows.view(stage, row)).toList();
    }

    private static Verdict verdict(List<TaskStage.Result> results) {
        boolean blocked = results.stream().anyMatch(result -> !result.passed() && result.level() == Level.MANDATORY);
        return blocked ? Verdict.BLOCK : Verdict.APPROVE;
    }

    /** Those that count first. */
    private static List<String> reasons(List<TaskStage.Result> results) {
        return Stream.of(Level.MANDATORY, Level.ADVISORY)
                .flatMap(level -> results.stream()
                        .filter(result -> result.level() == level && !result.passed())
                        .map(TaskStage.Result::words))
                .toList();
    }
}
