package io.terrafleet.api.stage;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.outbound.Outbound;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.Runs;
import io.terrafleet.api.secret.AddressKey;
import io.terrafleet.api.task.RunTasks;
import io.terrafleet.api.task.TaskSignature;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;

/**
 * Asks the tasks of a stage as soon as it begins, again while they do not answer 200, and gives up on those that stay silent. Every
 * attempt has an access token of its own, so that only the newest counts.
 */
@ApplicationScoped
class TaskDeliveries {
    private static final Logger LOG = Logger.getLogger(TaskDeliveries.class);
    /** Longer than an attempt may take: nobody else takes it up meanwhile. */
    private static final Duration TAKEN_FOR = Duration.ofMinutes(2);

    private final StageStore store;
    private final TaskStages stages;
    private final RunTasks tasks;
    private final Runs runs;
    private final Workspaces workspaces;
    private final TaskPayload payload;
    private final Outbound outbound;
    private final StageConfig config;
    private final InstantSource clock;
    private final RandomGenerator random;
    private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
    private final Semaphore atOnce;

    TaskDeliveries(
            StageStore store,
            TaskStages stages,
            RunTasks tasks,
            Runs runs,
            Workspaces workspaces,
            TaskPayload payload,
            Outbound outbound,
            StageConfig config,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.stages = stages;
        this.tasks = tasks;
        this.runs = runs;
        this.workspaces = workspaces;
        this.payload = payload;
        this.outbound = outbound;
        this.config = config;
        this.clock = clock;
        this.random = random;
        this.atOnce = new Semaphore(config.atOnce());
    }

    void ask(@Observes(during = TransactionPhase.AFTER_SUCCESS) StageBegan event) {
        threads.execute(() -> guarded(event.stageId(), () -> work(event.stageId())));
    }

    /** A stage without tasks any more is over at once. */
    private void work(String stageId) {
        QuarkusTransaction.requiringNew().call(() -> stages.resultIds(stageId)).forEach(this::later);
        stages.conclude(stageId);
    }

    /** What is to be asked again, what is overdue, and what a crash has left half done. */
    @Scheduled(identity = "run-task-deliveries", every = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    void lookForDue() {
        QuarkusTransaction.requiringNew().call(() -> store.due(clock.instant())).forEach(this::later);
        QuarkusTransaction.requiringNew().call(store::running).forEach(id -> guarded(id, () -> stages.conclude(id)));
    }

    void stop(@Observes ShutdownEvent stopping) {
        threads.shutdownNow();
    }

    private void later(String resultId) {
        threads.execute(() -> {
            if (atOnce.tryAcquire()) {
                try {
                    guarded(resultId, () -> attempt(resultId));
                } finally {
                    atOnce.release();
                }
            }
        });
    }

    /** A defect in one delivery must not end the others; the sweep comes back to it. */
    private static void guarded(String id, Runnable work) {
        try {
            work.run();
        } catch (RuntimeException e) {
            LOG.errorf(e, "run task: %s could not be worked on and is tried again", id);
        }
    }

    /** @param body JSON */
    private record Attempt(TaskStage.Result result, String body, String signature, int number) {}

    private void attempt(String resultId) {
        Optional<Attempt> attempt = QuarkusTransaction.requiringNew().call(() -> take(resultId));
        if (attempt.isPresent()) {
            TaskStage.Result result = attempt.get().result();
            Outbound.Answer answer = outbound.post(
                    result.taskUrl(),
                    Map.of(
                            "Content-Type",
                            "application/json",
                            TaskSignature.HEADER,
                            attempt.get().signature()),
                    attempt.get().body().getBytes(StandardCharsets.UTF_8));
            LOG.infof("run task asked resultId=%s runId=%s status=%s", resultId, result.run(), answer.status());
            QuarkusTransaction.requiringNew()
                    .run(() -> note(resultId, answer, attempt.get().number()));
        }
        QuarkusTransaction.requiringNew()
                .call(() -> store.result(resultId).map(row -> row.stageId))
                .ifPresent(stages::conclude);
    }

    /** Takes the result up, or ends it when it is overdue; empty when there is nothing to send. */
    private Optional<Attempt> take(String resultId) {
        Instant now = clock.instant();
        Optional<ResultEntity> due =
                store.resultForUpdate(resultId).filter(row -> !row.ended() && !row.nextAt.isAfter(now));
        if (due.isEmpty()) {
            return Optional.empty();
        }
        ResultEntity row = due.get();
        if (row.sent || now.isAfter(row.endBy)) {
            end(row, "The task did not answer in time.");
            return Optional.empty();
        }
        if (tasks.find(row.taskId).isEmpty()) {
            end(row, "The task was deleted.");
            return Optional.empty();
        }
        TaskToken token = new TaskToken(row.id, AddressKey.make(random));
        row.tokenHash = token.key().hash();
        row.attempts++;
        row.nextAt = now.plus(TAKEN_FOR);
        row.updatedAt = now;
        TaskStage.Result result = StageRows.view(store.stage(row.stageId).orElseThrow(), row);
        Run run = runs.find(result.run()).orElseThrow(Problem::notFound);
        Workspace workspace = workspaces.find(run.workspace()).orElseThrow(Problem::notFound);
        byte[] body = payload.of(result, run, workspace, token);
        String signature = TaskSignature.of(tasks.key(row.taskId).orElse(""), body);
        return Optional.of(new Attempt(result, new String(body, StandardCharsets.UTF_8), signature, row.attempts));
    }

    private void note(String resultId, Outbound.Answer answer, int number) {
        Instant now = clock.instant();
        store.resultForUpdate(resultId)
                .filter(row -> !row.ended() && !row.sent && row.attempts == number)
                .ifPresent(row -> {
                    row.updatedAt = now;
                    if (answer.ok()) {
                        row.sent = true;
                        row.status = "running";
                        row.nextAt = earlier(now.plus(config.progressWithin()), row.endBy);
                    } else if (number >= config.attempts()) {
                        end(row, "The task could not be asked: " + answer.words() + ".");
                    } else {
                        row.nextAt = now.plusSeconds(1L << Math.min(number - 1, 10));
                    }
                });
    }

    private void end(ResultEntity row, String message) {
        row.status = "errored";
        row.message = message;
        row.updatedAt = clock.instant();
    }

    private static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }
}
