package io.terrafleet.worker.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.fabric8.kubernetes.api.model.ContainerStateBuilder;
import io.fabric8.kubernetes.api.model.ContainerStatus;
import io.fabric8.kubernetes.api.model.ContainerStatusBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodBuilder;
import io.fabric8.kubernetes.api.model.PodConditionBuilder;
import io.fabric8.kubernetes.api.model.PodStatusBuilder;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.terrafleet.contracts.JobId;
import io.terrafleet.worker.job.JobSpec;
import io.terrafleet.worker.pod.Diagnosis.Fine;
import io.terrafleet.worker.pod.Diagnosis.Lost;
import io.terrafleet.worker.pod.Diagnosis.Over;
import io.terrafleet.worker.pod.Diagnosis.Waiting;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.junit.jupiter.api.Test;

/** What each state of a pod, as clusters really show it, is called. */
class DiagnosticianTest {
    private static final Instant BEGIN = Instant.parse("2026-03-01T10:00:00Z");
    private static final PodTimes TIMES =
            PodTimes.of(Settings.with(java.util.Map.of()).pod());

    private static JobSpec spec(String job) {
        return new JobSpec(
                JobId.of("run-aaaaaaaaaaaaaaaa-" + job),
                "acme",
                "shop",
                "terraform",
                "1.9.8",
                URI.create("https://api.test"),
                false,
                BEGIN,
                BEGIN.plus(Duration.ofHours(1)));
    }

    private static Job job(UnaryOperator<JobBuilder> change) {
        return change.apply(new JobBuilder()
                        .withNewMetadata()
                        .withName("tf-a")
                        .withCreationTimestamp(BEGIN.toString())
                        .endMetadata()
                        .withNewSpec()
                        .endSpec())
                .build();
    }

    private static Job failed(String reason) {
        return job(job -> job.withNewStatus()
                .addNewCondition()
                .withType("Failed")
                .withStatus("True")
                .withReason(reason)
                .endCondition()
                .endStatus());
    }

    private static Pod pod(UnaryOperator<PodStatusBuilder> status) {
        return new PodBuilder()
                .withNewMetadata()
                .withName("tf-a-1")
                .withCreationTimestamp(BEGIN.toString())
                .endMetadata()
                .withNewSpec()
                .addNewContainer()
                .withName(PodManifest.BINARY)
                .withImage("registry.test/terraform:1.9.8")
                .endContainer()
                .addNewContainer()
                .withName(PodManifest.RUNNER)
                .withNewResources()
                .addToLimits("memory", new io.fabric8.kubernetes.api.model.Quantity("2Gi"))
                .endResources()
                .endContainer()
                .endSpec()
                .withStatus(status.apply(new PodStatusBuilder().withPhase("Pending"))
                        .build())
                .build();
    }

    private static ContainerStatus status(String container, UnaryOperator<ContainerStateBuilder> state) {
        return new ContainerStatusBuilder()
                .withName(container)
                .withImage("registry.test/" + container + ":1")
                .withState(state.apply(new ContainerStateBuilder()).build())
                .build();
    }

    private static Pod waiting(String container, String reason, String message) {
        return pod(status -> status.withContainerStatuses(status(container, state -> state.withNewWaiting()
                .withReason(reason)
                .withMessage(message)
                .endWaiting())));
    }

    private static ContainerStatus ended(String container, String reason, int exitCode, String message) {
        return status(container, state -> state.withNewTerminated()
                .withReason(reason)
                .withExitCode(exitCode)
                .withMessage(message)
                .endTerminated());
    }

    private static Pod dead(String reason, int exitCode, String message) {
        return pod(status ->
                status.withPhase("Failed").withContainerStatuses(ended(PodManifest.RUNNER, reason, exitCode, message)));
    }

    private static Diagnosis after(Duration time, Job job, Pod... pods) {
        return Diagnostician.of(new Sight(
                spec("plan-1"), job, false, List.of(pods), List.of(), Optional.empty(), TIMES, BEGIN.plus(time)));
    }

    private static Diagnosis soon(Pod... pods) {
        return after(Duration.ofSeconds(3), job(job -> job), pods);
    }

    private static Diagnosis complaint(String message, Duration time) {
        return Diagnostician.of(new Sight(
                spec("plan-1"),
                job(job -> job),
                false,
                List.of(),
                List.of(),
                Optional.of(message),
                TIMES,
                BEGIN.plus(time)));
    }

    private static Lost lost(Diagnosis diagnosis) {
        assertThat(diagnosis).isInstanceOf(Lost.class);
        return (Lost) diagnosis;
    }

    private static Waiting waits(Diagnosis diagnosis) {
        assertThat(diagnosis).isInstanceOf(Waiting.class);
        return (Waiting) diagnosis;
    }

    @Test
    void aPodThatBeginsIsFine() {
        assertThat(soon()).isEqualTo(new Fine());
        assertThat(soon(pod(status -> status))).isEqualTo(new Fine());
        assertThat(soon(waiting(PodManifest.RUNNER, "ContainerCreating", ""))).isEqualTo(new Fine());
    }

    @Test
    void thatNoNodeTakesItIsToldWithTheSchedulersMessage() {
        Pod pod = pod(status -> status.withConditions(new PodConditionBuilder()
                .withType("PodScheduled")
                .withStatus("False")
                .withReason("Unschedulable")
                .withMessage("0/3 nodes are available: 3 Insufficient memory.")
                .build()));

        assertThat(waits(soon(pod)).message()).contains("0/3 nodes are available: 3 Insufficient memory.");
        Lost lost = lost(after(Duration.ofMinutes(11), job(job -> job), pod));
        assertThat(lost.word()).isEqualTo("unschedulable");
        assertThat(lost.permanent()).isTrue();
    }

    @Test
    void imagesThatCannotBePulledAreToldAndAfterAWhileGivenUp() {
        Pod pod = waiting(PodManifest.BINARY, "ErrImagePull", "manifest for registry.test/terraform:9.9.9 not found");

        assertThat(waits(soon(pod)).message())
                .contains("registry.test/terraform:1")
                .contains("not found");
        assertThat(lost(after(Duration.ofMinutes(4), job(job -> job), pod)).word())
                .isEqualTo("image-pull");
        assertThat(waits(soon(waiting(PodManifest.RUNNER, "ImagePullBackOff", "Back-off")))
                        .word())
                .isEqualTo("image-pull");
    }

    @Test
    void anImageThatCannotBeAnImageIsGivenUpAtOnce() {
        assertThat(lost(soon(waiting(PodManifest.BINARY, "InvalidImageName", "couldn't parse")))
                        .permanent())
                .isTrue();
        assertThat(lost(soon(waiting(PodManifest.BINARY, "ErrImageNeverPull", "not present")))
                        .word())
                .isEqualTo("image-unusable");
    }

    @Test
    void aContainerThatCannotBeCreatedIsTold() {
        Pod pod = waiting(PodManifest.RUNNER, "CreateContainerConfigError", "secret \"x\" not found");

        assertThat(waits(soon(pod)).message()).contains("secret \"x\" not found");
        assertThat(lost(after(Duration.ofMinutes(2), job(job -> job), pod)).word())
                .isEqualTo("container-not-created");
    }

    @Test
    void outOfMemoryIsToldWithTheLimitAndWhatToDo() {
        Lost lost = lost(soon(dead("OOMKilled", 137, "")));

        assertThat(lost.word()).isEqualTo("out-of-memory");
        assertThat(lost.message())
                .contains("limit of 2Gi")
                .contains("memory-limit")
                .contains("-parallelism");
    }

    @Test
    void anEvictionIsToldWithTheKubeletsMessage() {
        Pod pod = pod(status -> status.withPhase("Failed")
                .withReason("Evicted")
                .withMessage("The node was low on resource: ephemeral-storage."));

        assertThat(lost(soon(pod)).word()).isEqualTo("evicted");
        assertThat(lost(soon(pod)).message()).contains("ephemeral-storage");
    }

    @Test
    void disruptionsHaveTheirOwnReasons() {
        assertThat(disrupted("PreemptionByScheduler").word()).isEqualTo("preempted");
        assertThat(disrupted("DeletionByTaintManager").word()).isEqualTo("node-lost");
        assertThat(disrupted("DeletionByPodGC").word()).isEqualTo("node-lost");
        assertThat(disrupted("EvictionByEvictionAPI").word()).isEqualTo("evicted");
    }

    private static Lost disrupted(String reason) {
        return lost(soon(pod(status -> status.withPhase("Failed")
                .withConditions(new PodConditionBuilder()
                        .withType("DisruptionTarget")
                        .withStatus("True")
                        .withReason(reason)
                        .withMessage("because")
                        .build()))));
    }

    @Test
    void aNodeThatNeverSaysThatItsPodEndedIsLost() {
        Pod pod = new PodBuilder(pod(status -> status.withPhase("Running")
                        .withContainerStatuses(status(PodManifest.RUNNER, state -> state.withNewRunning()
                                .endRunning()))))
                .editMetadata()
                .withDeletionTimestamp(BEGIN.plusSeconds(300).toString())
                .endMetadata()
                .build();

        assertThat(after(Duration.ofSeconds(290), job(job -> job), pod)).isEqualTo(new Fine());
        assertThat(lost(after(Duration.ofSeconds(320), job(job -> job), pod)).word())
                .isEqualTo("node-lost");
    }

    @Test
    void aDeadlineIsTold() {
        Lost lost = lost(after(Duration.ofHours(26), failed("DeadlineExceeded"), dead("Error", 143, "")));

        assertThat(lost.word()).isEqualTo("deadline");
    }

    /** Giving it up would turn away the state that it ships. */
    @Test
    void aRunnerThatIsStillAtWorkIsNotGivenUp() {
        Pod pod = pod(status -> status.withPhase("Running")
                .withContainerStatuses(status(
                        PodManifest.RUNNER, state -> state.withNewRunning().endRunning())));

        assertThat(after(Duration.ofHours(26), failed("DeadlineExceeded"), pod)).isEqualTo(new Fine());
        assertThat(after(Duration.ofHours(2), job(job -> job), pod)).isEqualTo(new Fine());
    }

    @Test
    void theRunnersLastWordDecides() {
        String said = "{\"job\":\"run-aaaaaaaaaaaaaaaa-plan-1\",\"end\":\"%s\",\"message\":\"m\"}";

        assertThat(soon(dead("Error", 143, said.formatted("reported")))).isEqualTo(new Over("reported (m)"));
        assertThat(soon(dead("Error", 143, said.formatted("not-ours")))).isEqualTo(new Over("not-ours (m)"));
        assertThat(soon(dead("Error", 1, said.formatted("fenced")))).isEqualTo(new Over("fenced (m)"));
        assertThat(lost(soon(dead("Error", 1, said.formatted("unreported")))).word())
                .isEqualTo("unreported");
        assertThat(lost(soon(dead("Error", 143, said.formatted("not-begun")))).permanent())
                .isFalse();
    }

    @Test
    void theRunnerThatHadTheJobIsBelievedBeforeOneThatCameLate() {
        String said = "{\"job\":\"run-aaaaaaaaaaaaaaaa-plan-1\",\"end\":\"%s\",\"message\":\"m\"}";

        assertThat(soon(
                        dead("Error", 1, said.formatted("unreported")),
                        dead("Completed", 0, said.formatted("reported"))))
                .isEqualTo(new Over("reported (m)"));
    }

    @Test
    void aRunnerThatLeftNoWordIsLostWithItsExitCode() {
        Lost lost = lost(soon(dead("Error", 1, "not JSON at all")));

        assertThat(lost.word()).isEqualTo("runner-lost");
        assertThat(lost.message()).contains("exit code 1").contains("not JSON at all");
        assertThat(lost.permanent()).isFalse();
    }

    @Test
    void aBinaryThatIsNotThereIsTold() {
        Pod pod = pod(status -> status.withPhase("Running")
                .withContainerStatuses(
                        ended(PodManifest.BINARY, "Error", 1, "cp: can't stat '/bin/terraform'"),
                        status(PodManifest.RUNNER, state -> state.withNewRunning()
                                .endRunning())));

        assertThat(lost(soon(pod)).word()).isEqualTo("binary-missing");
        assertThat(lost(soon(pod)).message())
                .contains("registry.test/terraform:1.9.8")
                .contains("can't stat");
    }

    @Test
    void aMountedBinaryThatIsNotThereIsTold() {
        Lost lost = lost(
                soon(
                        dead(
                                "Completed",
                                0,
                                "{\"job\":\"run-CZcmD7eagjhyX0vN-plan-1\",\"end\":\"no-binary\",\"message\":\"there is nothing to execute\"}")));

        assertThat(lost.word()).isEqualTo("binary-missing");
        assertThat(lost.message()).isEqualTo("there is nothing to execute");
        assertThat(lost.permanent()).isTrue();
    }

    @Test
    void anImageOfAVolumeIsNamedTooWhenImagesCannotBePulled() {
        Pod pod = waiting(PodManifest.RUNNER, "ImagePullBackOff", "Back-off");
        pod.getSpec()
                .setVolumes(List.of(new VolumeBuilder()
                        .withName("bin")
                        .withNewImage("IfNotPresent", "registry.test/tofu:9.9.9")
                        .build()));

        assertThat(waits(soon(pod)).message()).contains(" or registry.test/tofu:9.9.9 cannot be pulled");
    }

    @Test
    void aUsedUpQuotaWaits() {
        String quota = "pods \"tf-a-x\" is forbidden: exceeded quota: runs, requested: pods=1, used: pods=10";

        assertThat(waits(complaint(quota, Duration.ofSeconds(3))).word()).isEqualTo("quota-exceeded");
        assertThat(waits(complaint(quota, Duration.ofMinutes(30))).message()).contains("used: pods=10");
        assertThat(lost(complaint(quota, Duration.ofMinutes(61))).word()).isEqualTo("too-late");
    }

    @Test
    void aPodThatTheClusterRefusesIsToldAndGivenUp() {
        String refusal = "pods \"tf-a-x\" is forbidden: violates PodSecurity \"restricted:latest\"";

        assertThat(waits(complaint(refusal, Duration.ofSeconds(3))).message()).contains("violates PodSecurity");
        assertThat(lost(complaint(refusal, Duration.ofMinutes(2))).word()).isEqualTo("pod-refused");
    }

    @Test
    void aClusterThatMakesNoPodIsTold() {
        assertThat(waits(after(Duration.ofSeconds(40), job(job -> job))).word()).isEqualTo("no-pod");
    }

    @Test
    void aPodThatWasDeletedIsToldApartFromADeletedJob() {
        assertThat(lost(after(Duration.ofMinutes(1), failed("BackoffLimitExceeded")))
                        .word())
                .isEqualTo("pod-deleted");
        Diagnosis gone = Diagnostician.of(new Sight(
                spec("plan-1"),
                job(job -> job),
                true,
                List.of(),
                List.of(),
                Optional.empty(),
                TIMES,
                BEGIN.plusSeconds(5)));
        assertThat(lost(gone).word()).isEqualTo("job-deleted");
    }

    @Test
    void anApplyThatCouldNotReportIsNotTriedAgain() {
        Diagnosis diagnosis = Diagnostician.of(new Sight(
                spec("apply-1"),
                job(job -> job),
                false,
                List.of(dead(
                        "Error",
                        1,
                        "{\"job\":\"run-aaaaaaaaaaaaaaaa-apply-1\",\"end\":\"unreported\",\"message\":\"m\"}")),
                List.of(),
                Optional.empty(),
                TIMES,
                BEGIN.plusSeconds(5)));

        assertThat(lost(diagnosis).permanent()).isTrue();
    }
}
