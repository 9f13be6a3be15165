package io.terrafleet.worker.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.event.WorkerEvent.JobLaunched;
import io.terrafleet.contracts.event.WorkerEvent.JobLost;
import io.terrafleet.contracts.runner.PhaseResult;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.FakePlatform;
import io.terrafleet.testkit.TarGz;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What every executor promises; each implementation inherits these tests. */
public abstract class ExecutorContract {
    protected static final String TRIVIAL = "resource \"terraform_data\" \"a\" { input = \"x\" }\n";
    protected static final JobId PLAN = JobId.of("run-aaaaaaaaaaaaaaaa-plan-1");

    protected final ReportedEvents events = new ReportedEvents();
    private @Nullable FakePlatform fake;
    private @Nullable Executor executor;

    /** A new executor on the same ground as the one before. */
    protected abstract Executor make() throws Exception;

    @BeforeEach
    void begin() throws Exception {
        fake = new FakePlatform().configuration(TarGz.of(Map.of("main.tf", TRIVIAL)));
        executor = make();
        executor.recover();
    }

    @AfterEach
    void end() {
        executor().close();
        platform().close();
    }

    protected final Executor executor() {
        return Objects.requireNonNull(executor);
    }

    /** The worker died and another one begins. */
    protected final void replaceExecutor(Executor next) {
        executor = next;
    }

    protected final FakePlatform platform() {
        return Objects.requireNonNull(fake);
    }

    protected final JobSpec spec(JobId job) {
        return spec(job, "1.11.4");
    }

    protected final JobSpec spec(JobId job, String version) {
        Instant asked = Instant.parse("2026-01-01T00:00:00Z");
        return new JobSpec(
                job, "acme", "shop", "terraform", version, platform().uri(), false, asked, asked.plusSeconds(3600));
    }

    protected static void until(String what, BooleanSupplier condition) {
        Await.until(what, Duration.ofSeconds(60), condition);
    }

    @Test
    void aJobIsClaimedAndExecuted() throws Exception {
        platform().offer(FakePlatform.claim(PLAN));

        assertThat(executor().launch(spec(PLAN))).isEqualTo(Executor.Launch.LAUNCHED);

        assertThat(platform().result(PLAN)).isInstanceOf(PhaseResult.Planned.class);
        until("the launch to be told", () -> events.of(PLAN, JobLaunched.class).size() == 1);
        assertThat(events.of(PLAN, JobLost.class)).isEmpty();
    }

    @Test
    void askingTwiceChangesNothing() throws Exception {
        platform().offer(FakePlatform.claim(PLAN));
        executor().launch(spec(PLAN));

        assertThat(executor().launch(spec(PLAN))).isEqualTo(Executor.Launch.ALREADY_THERE);

        assertThat(platform().result(PLAN)).isInstanceOf(PhaseResult.Planned.class);
        assertThat(platform().requests().stream().filter("POST claim"::equals)).hasSize(1);
    }

    @Test
    void aVersionThatCannotBeHadIsLostForGood() {
        platform().offer(FakePlatform.claim(PLAN));

        executor().launch(spec(PLAN, "~> 0.1.0"));

        until("the loss to be told", () -> !events.of(PLAN, JobLost.class).isEmpty());
        JobLost lost = events.of(PLAN, JobLost.class).getFirst();
        assertThat(lost.reason()).isEqualTo("version-unavailable");
        assertThat(lost.permanent()).isTrue();
        assertThat(lost.message()).contains("~> 0.1.0");
        assertThat(platform().isClaimed(PLAN)).isFalse();
    }

    @Test
    void aKilledJobEnds() throws Exception {
        platform()
                .configuration(
                        TarGz.of(
                                Map.of(
                                        "main.tf",
                                        """
                        module "slow" { source = "git::http://127.0.0.1:9/nowhere.git" }
                        """)))
                .offer(FakePlatform.claim(PLAN));
        executor().launch(spec(PLAN));
        executor().kill(PLAN, "the test wants it");
        until(
                "the end to be told",
                () -> platform().hasResult(PLAN)
                        || !events.of(PLAN, JobLost.class).isEmpty());
    }

    @Test
    void killingAnUnknownJobIsAnswered() {
        executor().kill(PLAN, "the test wants it");

        assertThat(events.of(PLAN, JobLost.class)).singleElement().satisfies(lost -> assertThat(lost.reason())
                .isEqualTo("killed"));
    }
}
