package io.terrafleet.worker.pod;

import io.fabric8.kubernetes.api.model.ContainerStateTerminated;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodCondition;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.Phase;
import io.terrafleet.runner.Outcome;
import io.terrafleet.worker.pod.Diagnosis.Lost;
import io.terrafleet.worker.pod.Diagnosis.Over;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Says what is the matter with a job from what can be seen of it; pure. A job whose runner may still be at work is never given up: its
 * runner ships state and reports, and giving it up would turn that away.
 */
final class Diagnostician {
    private Diagnostician() {}

    static Diagnosis of(Sight sight) {
        Optional<Outcome> word = lastWord(sight.pods());
        if (word.isPresent()) {
            return concluded(sight, word.get());
        }
        List<Pod> alive = sight.pods().stream().filter(sight::alive).toList();
        if (!alive.isEmpty()) {
            return Beginning.of(sight, alive.getLast());
        }
        boolean finished = Sight.finished(sight.job());
        if (sight.pods().isEmpty() && !finished && !sight.gone()) {
            return Beginning.unborn(sight);
        }
        if (sight.failed().isEmpty() && finished) {
            return new Over("its pod is done");
        }
        return dead(sight);
    }

    /** The runner's own last word, which its container leaves behind; that of the one that had the job, if there were several. */
    private static Optional<Outcome> lastWord(List<Pod> pods) {
        List<Outcome> words = pods.stream()
                .flatMap(pod -> ended(pod).stream())
                .flatMap(ended -> read(ended.getMessage()).stream())
                .toList();
        return words.stream()
                .filter(outcome -> outcome.end() == Outcome.End.REPORTED)
                .findFirst()
                .or(() -> words.stream().findFirst());
    }

    private static Optional<ContainerStateTerminated> ended(Pod pod) {
        return Sight.container(pod, PodManifest.RUNNER)
                .flatMap(status -> Optional.ofNullable(status.getState()))
                .flatMap(state -> Optional.ofNullable(state.getTerminated()));
    }

    private static Optional<Outcome> read(@Nullable String message) {
        if (message == null || message.isBlank()) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.mapper().readValue(message, Outcome.class));
        } catch (IOException notOurs) {
            return Optional.empty();
        }
    }

    private static Diagnosis concluded(Sight sight, Outcome outcome) {
        return switch (outcome.end()) {
            case REPORTED, NOT_OURS, UNWANTED -> over(outcome);
            case FENCED -> sight.killed().isPresent() ? new Lost("killed", outcome.message(), true) : over(outcome);
            case UNREPORTED ->
                new Lost(
                        "unreported",
                        "the runner could not report: " + outcome.message(),
                        sight.spec().job().phase() == Phase.APPLY);
            case LOST, NOT_BEGUN -> dead(sight, outcome.message());
            case NO_BINARY -> new Lost("binary-missing", outcome.message(), true);
        };
    }

    private static Over over(Outcome outcome) {
        return new Over(outcome.end().word() + " (" + outcome.message() + ")");
    }

    private static Diagnosis dead(Sight sight) {
        return dead(sight, "its container left no word");
    }

    /** What ended the pod: the cluster's reasons first, since a container that is ended from outside looks like any other. */
    private static Diagnosis dead(Sight sight, String otherwise) {
        if (sight.killed().isPresent()) {
            return new Lost("killed", "the job was killed: " + sight.killed().get(), true);
        }
        boolean overdue = sight.failed()
                .filter(condition -> "DeadlineExceeded".equals(condition.getReason()))
                .isPresent();
        if (overdue) {
            return new Lost(
                    "deadline",
                    "the pod lived longer than " + spoken(sight) + " (terrafleet.worker.pod.deadline) and was ended",
                    true);
        }
        return Stream.<Diagnosis>concat(
                        sight.pods().stream().flatMap(pod -> outOfMemory(pod).stream()),
                        sight.pods().stream().flatMap(pod -> byTheCluster(pod).stream()))
                .findFirst()
                .orElseGet(() -> unexplained(sight, otherwise));
    }

    private static String spoken(Sight sight) {
        return sight.times().deadline().toMinutes() + " min";
    }

    private static Optional<Lost> outOfMemory(Pod pod) {
        return ended(pod).filter(ended -> "OOMKilled".equals(ended.getReason())).map(ended -> {
            String limit = pod.getSpec().getContainers().stream()
                    .filter(container -> PodManifest.RUNNER.equals(container.getName()))
                    .flatMap(container -> Stream.ofNullable(container.getResources()))
                    .flatMap(
                            resources -> Stream.ofNullable(resources.getLimits().get("memory")))
                    .map(quantity -> " of " + quantity)
                    .findFirst()
                    .orElse("");
            return new Lost(
                    "out-of-memory",
                    "the pod reached its memory limit" + limit + " and was killed; raise"
                            + " terrafleet.worker.pod.memory-limit (or the pool's), or lower terraform's -parallelism by"
                            + " the variable TF_CLI_ARGS",
                    true);
        });
    }

    private static Optional<Lost> byTheCluster(Pod pod) {
        Optional<PodCondition> disruption =
                Sight.condition(pod, "DisruptionTarget").filter(condition -> "True".equals(condition.getStatus()));
        if (disruption.isPresent()) {
            return Optional.of(disrupted(disruption.get()));
        }
        String reason = pod.getStatus() == null ? null : pod.getStatus().getReason();
        if (reason == null) {
            return Optional.empty();
        }
        String why = said(pod.getStatus().getMessage());
        return Optional.of(
                switch (reason) {
                    case "Evicted" -> new Lost("evicted", "the pod was evicted from its node" + why, false);
                    case "NodeLost" -> nodeLost(why);
                    case "Preempting", "Preempted" ->
                        new Lost("preempted", "the pod had to make room for a more important one" + why, false);
                    case "Shutdown", "NodeShutdown", "Terminated" ->
                        new Lost("node-shutdown", "the pod's node was shut down" + why, false);
                    default -> new Lost("refused-by-node", "the pod's node ended it (" + reason + ")" + why, false);
                });
    }

    private static Lost disrupted(PodCondition condition) {
        String why = said(condition.getMessage());
        return switch (String.valueOf(condition.getReason())) {
            case "PreemptionByScheduler" ->
                new Lost("preempted", "the pod had to make room for a more important one" + why, false);
            case "DeletionByTaintManager", "DeletionByPodGC" -> nodeLost(why);
            default -> new Lost("evicted", "the pod was evicted from its node" + why, false);
        };
    }

    static Lost nodeLost(String why) {
        return new Lost("node-lost", "the pod's node was lost" + why, false);
    }

    private static Diagnosis unexplained(Sight sight, String otherwise) {
        Optional<ContainerStateTerminated> ended =
                sight.pods().stream().flatMap(pod -> ended(pod).stream()).findFirst();
        if (ended.isPresent()) {
            ContainerStateTerminated end = ended.get();
            return new Lost(
                    "runner-lost",
                    "the runner ended with exit code " + end.getExitCode() + " ("
                            + Optional.ofNullable(end.getReason()).orElse("no reason given") + "): " + otherwise
                            + Beginning.limited(said(end.getMessage())),
                    false);
        }
        if (sight.gone()) {
            return new Lost("job-deleted", "somebody deleted the Kubernetes Job of the phase", false);
        }
        return new Lost("pod-deleted", "the pod was deleted before it could report", false);
    }

    private static String said(@Nullable String message) {
        return message == null || message.isBlank() ? "" : ": " + message.strip();
    }
}
