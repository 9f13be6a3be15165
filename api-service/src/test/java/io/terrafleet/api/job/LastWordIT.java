package io.terrafleet.api.job;

import static io.restassured.RestAssured.given;
import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.RunTaker;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.peak.Peaks;
import io.terrafleet.api.run.RunInput;
import io.terrafleet.api.run.RunView;
import io.terrafleet.api.run.Runs;
import io.terrafleet.api.state.StateVersion;
import io.terrafleet.api.state.States;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.InternalKey;
import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.Phase;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.WorkspaceId;
import io.terrafleet.contracts.runner.Claim;
import io.terrafleet.contracts.runner.ClaimRequest;
import io.terrafleet.contracts.runner.LastWord;
import io.terrafleet.contracts.runner.LastWord.LogTail;
import io.terrafleet.contracts.runner.PhaseResult;
import io.terrafleet.contracts.runner.RunnerPaths;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What a runner says last, over HTTP as it says it. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class LastWordIT {
    private static final PhaseResult APPLIED = new PhaseResult.Applied(new PhaseResult.Counts(1, 0, 0, 0));
    private static final LogTail LOG = new LogTail(0, "Apply complete!\n".getBytes(StandardCharsets.UTF_8));

    @Inject
    Peaks peaks;

    @Inject
    Tenant tenant;

    @Inject
    RunTaker taker;

    @Inject
    Runs runs;

    @Inject
    States states;

    @Inject
    @Identifier("api")
    InternalKey key;

    /** A run whose apply a runner has claimed. */
    private record Applying(Workspace workspace, RunId run, JobId job, Claim claim) {
        ValidatableResponse says(LastWord word) {
            return given().header("Authorization", "Bearer " + claim.leaseToken())
                    .header(RunnerPaths.FENCE_HEADER, claim.fence())
                    .contentType("application/json")
                    .body(Json.write(word))
                    .post(RunnerPaths.result(job))
                    .then();
        }
    }

    @Test
    void theLastStateComesWithIt() throws IOException {
        Applying applying = applying();

        applying.says(new LastWord(APPLIED, Optional.of(LOG), Optional.of(state(7, ""))))
                .statusCode(200);

        assertThat(status(applying)).isEqualTo("applied");
        StateVersion current = states.current(applying.workspace().id()).orElseThrow();
        assertThat(current.serial()).isEqualTo(7);
        assertThat(current.run()).contains(applying.run());
    }

    @Test
    void saidTwiceItIsTakenOnce() throws IOException {
        Applying applying = applying();
        LastWord word = new LastWord(APPLIED, Optional.of(LOG), Optional.of(state(7, "")));

        applying.says(word).statusCode(200);
        applying.says(word).statusCode(410);

        assertThat(states.current(applying.workspace().id()).orElseThrow().serial())
                .isEqualTo(7);
    }

    @Test
    void aStateThatIsNoneRefusesTheWholeAndTheRunnerCanSaySo() throws IOException {
        Applying applying = applying();

        applying.says(new LastWord(
                        APPLIED, Optional.of(LOG), Optional.of("{\"version\":4".getBytes(StandardCharsets.UTF_8))))
                .statusCode(422);
        assertThat(status(applying)).isEqualTo("applying");
        assertThat(states.current(applying.workspace().id())).isEmpty();

        PhaseResult instead = new PhaseResult.Failed("the new state could not be stored", Optional.of(0), false);
        applying.says(new LastWord(instead, Optional.of(LOG), Optional.empty())).statusCode(200);
        assertThat(status(applying)).isEqualTo("errored");
    }

    @Test
    void theMostOfTheLastRunsIsWhatTheNextMayNeed() throws IOException {
        Applying applying = applying();
        WorkspaceId workspace = applying.workspace().id();

        applying.says(new LastWord(APPLIED, Optional.of(LOG), Optional.empty(), Optional.of(641_728_512L)))
                .statusCode(200);

        assertThat(peaks.expected(workspace, Phase.APPLY)).contains(641_728_512L);
        assertThat(peaks.expected(workspace, Phase.PLAN)).isEmpty();
        for (int i = 10; i < 30; i++) {
            peaks.note(workspace, JobId.of("run-aaaaaaaaaaaaaa%02d-apply-1".formatted(i)), 1_000 + i);
        }
        assertThat(peaks.expected(workspace, Phase.APPLY))
                .as("the large one is forgotten")
                .contains(1_029L);
        peaks.note(workspace, JobId.of("run-aaaaaaaaaaaaaa77-apply-1"), Long.MAX_VALUE);
        peaks.note(workspace, JobId.of("run-aaaaaaaaaaaaaa78-apply-1"), -1);
        assertThat(peaks.expected(workspace, Phase.APPLY))
                .as("what cannot be is not believed")
                .contains(1_029L);
    }

    @Test
    void aLargeStateIsToComeBefore() throws IOException {
        Applying applying = applying();

        applying.says(new LastWord(
                        APPLIED, Optional.empty(), Optional.of(state(7, "x".repeat(LastWord.MOST_STATE_BYTES)))))
                .statusCode(413);

        assertThat(status(applying)).isEqualTo("applying");
    }

    private String status(Applying applying) {
        return RunView.status(taker.find(applying.run()).state());
    }

    private Applying applying() throws IOException {
        Tenant.Company company = tenant.company();
        Workspace workspace = tenant.workspace(company);
        taker.configure(company, workspace);
        RunId run = taker.queued(company, workspace);
        taker.plan(run);
        runs.wish(run, new RunInput.Confirm("mara"), "confirmed", "");
        JobId job = new JobId(run, Phase.APPLY, 1);
        byte[] answer = given().header("Authorization", "Bearer " + key.claimToken(job))
                .contentType("application/json")
                .body(Json.write(new ClaimRequest("somebody", "1.11.4", "a test")))
                .post(RunnerPaths.claim(job))
                .then()
                .statusCode(200)
                .extract()
                .asByteArray();
        return new Applying(workspace, run, job, Json.mapper().readValue(answer, Claim.class));
    }

    private static byte[] state(int serial, String output) {
        return """
                {"version":4,"terraform_version":"1.11.4","serial":%d,"lineage":"one","outputs":{"a":{"value":"%s","type":"string"}},"resources":[]}"""
                .formatted(serial, output)
                .getBytes(StandardCharsets.UTF_8);
    }
}
