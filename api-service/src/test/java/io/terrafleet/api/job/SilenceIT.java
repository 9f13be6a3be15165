package io.terrafleet.api.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.RunTaker;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.run.RunInput;
import io.terrafleet.api.run.RunState;
import io.terrafleet.api.run.RunView;
import io.terrafleet.api.run.Runs;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.InternalKey;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Phase;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.runner.ClaimRequest;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** A runner behind a cut network could still apply while the next run of its workspace applied too. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class SilenceIT {
    @Inject
    Tenant tenant;

    @Inject
    RunTaker taker;

    @Inject
    Runs runs;

    @Inject
    Jobs jobs;

    @Inject
    JobConfig config;

    @Inject
    @Identifier("api")
    InternalKey key;

    @Inject
    @Identifier("api")
    InstantSource clock;

    @Test
    void anApplyKeepsItsWorkspaceLongerThanAPlan() {
        RunId planning = run();
        claim(new JobId(planning, Phase.PLAN, 1));
        RunId applying = run();
        taker.plan(applying);
        runs.wish(applying, new RunInput.Confirm("mara"), "confirmed", "");
        claim(new JobId(applying, Phase.APPLY, 1));
        AtomicReference<Instant> now = new AtomicReference<>(clock.instant());
        LeaseWatch watch = new LeaseWatch(jobs, config, new SimpleMeterRegistry(), now::get);

        now.updateAndGet(before -> before.plus(config.lease()).plusSeconds(60));
        watch.giveUpTheSilent();
        assertThat(taker.find(planning).state())
                .as("a plan is tried again")
                .isInstanceOfSatisfying(
                        RunState.PlanQueued.class,
                        queued -> assertThat(queued.job().attempt()).isEqualTo(2));
        assertThat(status(applying)).isEqualTo("applying");

        now.updateAndGet(before -> before.plus(config.applyLease()));
        watch.giveUpTheSilent();
        assertThat(taker.find(applying).state())
                .isInstanceOfSatisfying(RunState.Errored.class, errored -> assertThat(errored.message())
                        .contains("not been heard of for 600 s"));
    }

    @Test
    void whoWasHeardOfJustNowIsNotGivenUp() {
        RunId planning = run();
        JobId job = new JobId(planning, Phase.PLAN, 1);
        claim(job);

        jobs.silent(job, clock.instant().minus(Duration.ofMinutes(1)), "gone");
        assertThat(status(planning)).isEqualTo("planning");

        jobs.silent(job, clock.instant().plus(Duration.ofMinutes(1)), "gone");
        assertThat(status(planning)).isEqualTo("plan_queued");
    }

    private RunId run() {
        Tenant.Company company = tenant.company();
        Workspace workspace = tenant.workspace(company);
        taker.configure(company, workspace);
        return taker.queued(company, workspace);
    }

    private void claim(JobId job) {
        jobs.claim(job, key.claimToken(job), new ClaimRequest("somebody", "1.11.4", "a test"));
    }

    private String status(RunId run) {
        return RunView.status(taker.find(run).state());
    }
}
