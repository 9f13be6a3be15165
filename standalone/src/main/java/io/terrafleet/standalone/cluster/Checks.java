package io.terrafleet.standalone.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.standalone.client.ApiFailure;
import io.terrafleet.standalone.client.Run;
import io.terrafleet.standalone.platform.PlatformUnusable;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.stream.StreamSupport;

/** What an installation promises of its runs in a cluster, tried one after another; one that fails does not keep the others from being tried. */
public final class Checks {
    private static final String TRIVIAL =
            """
            resource "terraform_data" "a" { input = "planned in a pod" }
            output "a" { value = terraform_data.a.output }
            """;

    /** The second resource takes until somebody stops it. */
    private static final String SLOW =
            """
            resource "terraform_data" "quick" { input = "kept" }
            resource "terraform_data" "slow" {
              depends_on = [terraform_data.quick]
              provisioner "local-exec" {
                interpreter = ["/bin/bash", "-c"]
                command     = "echo it-has-begun; for i in $(seq 1 600); do sleep 1; done"
              }
            }
            """;

    private final Trial trial;

    Checks(Trial trial) {
        this.trial = trial;
    }

    /** One promise: throws {@link CheckFailed} when it is not kept. */
    @FunctionalInterface
    interface Check {
        void look();
    }

    /**
     * @param told is told of each promise what came of it; empty when it holds
     * @return how many do not hold
     */
    int all(BiConsumer<String, String> told) {
        int failed = 0;
        for (Map.Entry<String, Check> each : byName().entrySet()) {
            String trouble = trouble(each.getValue());
            told.accept(each.getKey(), trouble);
            failed += trouble.isEmpty() ? 0 : 1;
        }
        return failed;
    }

    private static String trouble(Check check) {
        try {
            check.look();
            return "";
        } catch (CheckFailed | ApiFailure | PlatformUnusable | UncheckedIOException e) {
            return String.valueOf(e.getMessage());
        }
    }

    Map<String, Check> byName() {
        Map<String, Check> checks = new LinkedHashMap<>();
        checks.put("plan: one pinned pod, and the plan is there", this::plan);
        checks.put("apply: a second pod, state and outputs are there", this::apply);
        checks.put("cancel: an apply is interrupted, and what it made is in its state", this::cancel);
        checks.put("kill: a run pod that is deleted ships its state and says so", this::killPod);
        checks.put("kill: a worker that is deleted harms no run", this::killWorker);
        checks.put("isolation: a run pod passes the restricted standard, without a token", this::restricted);
        checks.put("isolation: a run reaches neither the cluster's API nor Kafka nor PostgreSQL", this::unreachable);
        checks.put("bad input: an image that does not exist is told on the run", this::unknownImage);
        return checks;
    }

    private void plan() {
        Trial.Started run = trial.start("plan", TRIVIAL, Map.of("plan-only", true));
        JsonNode pod = trial.pod(run, "plan");
        List<String> images = StreamSupport.stream(
                        pod.path("spec").path("containers").spliterator(), false)
                .map(container -> container.path("image").asText())
                .toList();
        CheckFailed.unless(
                images.stream().anyMatch(image -> image.endsWith(":" + trial.version())),
                "no image of the pod is of version " + trial.version() + ": " + images);
        Run done = trial.until(run, "planned", now -> now.status().equals("planned_and_finished"));
        CheckFailed.unless(done.hasChanges(), "the plan has no changes");
    }

    private void apply() {
        Trial.Started run = trial.start("apply", TRIVIAL, Map.of("auto-apply", true));
        trial.pod(run, "plan");
        trial.until(run, "applied", now -> now.status().equals("applied"));
        trial.pod(run, "apply");
        String output = String.valueOf(trial.api().outputs(run.workspace()).get("a"));
        CheckFailed.unless(output.contains("planned in a pod"), "the output is " + output);
    }

    private void cancel() {
        Trial.Started run = slow("cancel");
        trial.api().act(run.id(), "cancel", "");
        trial.until(run, "canceled", now -> now.status().equals("canceled"));
        keepsWhatWasMade(run);
    }

    private void killPod() {
        Trial.Started run = slow("kill-pod");
        String pod = trial.pod(run, "apply").path("metadata").path("name").asText();
        trial.site().kubectl().must("-n", trial.site().runs(), "delete", "pod", pod, "--wait=false");
        Run done = trial.until(run, "over", Run::isFinal);
        CheckFailed.unless(!done.reasons().isEmpty(), "the run does not say why it is " + done.status());
        keepsWhatWasMade(run);
    }

    private void killWorker() {
        Trial.Started run = trial.start("kill-worker", TRIVIAL, Map.of("auto-apply", true));
        trial.site()
                .kubectl()
                .must(
                        "-n",
                        trial.site().services(),
                        "delete",
                        "pods",
                        "-l",
                        "app.kubernetes.io/name=run-worker",
                        "--wait=false");
        trial.until(run, "applied", now -> now.status().equals("applied"));
    }

    private Trial.Started slow(String name) {
        Trial.Started run = trial.start(name, SLOW, Map.of("auto-apply", true));
        Run applying = trial.until(run, "applying", now -> now.status().equals("applying"));
        trial.untilLogged("applies/" + applying.applyId().orElseThrow(), "it-has-begun");
        return run;
    }

    private void keepsWhatWasMade(Trial.Started run) {
        String state = new String(trial.api().state(run.workspace()), StandardCharsets.UTF_8);
        CheckFailed.unless(state.contains("\"quick\""), "what was made before is not in the state");
    }

    private void restricted() {
        Trial.Started run = trial.start("restricted", TRIVIAL, Map.of("plan-only", true));
        JsonNode pod = trial.pod(run, "plan").path("spec");
        CheckFailed.unless(
                !pod.path("automountServiceAccountToken").asBoolean(true), "a service account's token is mounted");
        CheckFailed.unless(
                pod.path("securityContext").path("runAsNonRoot").asBoolean(false), "the pod may run as root");
        for (JsonNode container : pod.path("containers")) {
            JsonNode context = container.path("securityContext");
            CheckFailed.unless(
                    context.path("readOnlyRootFilesystem").asBoolean(false)
                            && !context.path("allowPrivilegeEscalation").asBoolean(true)
                            && context.path("capabilities")
                                    .path("drop")
                                    .toString()
                                    .contains("ALL"),
                    "the container " + container.path("name").asText() + " is not restricted: " + context);
        }
        String level = trial.site()
                .kubectl()
                .get("namespace", trial.site().runs())
                .path("metadata")
                .path("labels")
                .path("pod-security.kubernetes.io/enforce")
                .asText("none");
        CheckFailed.unless(
                level.equals("restricted"),
                "the namespace " + trial.site().runs() + " enforces PodSecurity " + level + ", not restricted");
        trial.until(run, "over", Run::isFinal);
    }

    private void unreachable() {
        Trial.Started run = trial.start("probe", Probe.configuration(trial.site()), Map.of("auto-apply", true));
        Run done = trial.until(run, "applied", now -> now.status().equals("applied"));
        String log = trial.log("applies/" + done.applyId().orElseThrow());
        Probe.judge(log);
    }

    private void unknownImage() {
        Trial other = new Trial(trial.site(), trial.api(), trial.organization(), "1.0.999", trial.patience());
        Trial.Started run;
        try {
            run = other.start("no-such-image", TRIVIAL, Map.of("plan-only", true));
        } catch (ApiFailure refused) {
            CheckFailed.unless(refused.status() == 422, String.valueOf(refused.getMessage()));
            return;
        }
        Run told = other.await("the run to say that its image cannot be had", () -> {
            Run now = other.api().run(run.id());
            String words = now.waitingFor().orElse("") + now.reasons();
            return words.contains("1.0.999") || now.isFinal() ? Optional.of(now) : Optional.empty();
        });
        String words = told.waitingFor().orElse("") + told.reasons();
        CheckFailed.unless(words.contains("1.0.999"), "the run says only: " + words);
        if (!told.isFinal()) {
            other.api().act(run.id(), "cancel", "");
        }
    }
}
