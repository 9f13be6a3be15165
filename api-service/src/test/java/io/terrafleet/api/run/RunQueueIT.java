package io.terrafleet.api.run;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.terrafleet.api.RunTaker;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.Tenant.Company;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.RunId;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** An organization whose runs are worked on one at a time. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class RunQueueIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    Tenant tenant;

    @Inject
    RunTaker taker;

    @Inject
    Runs runs;

    @Inject
    RunReading reading;

    private Company company;

    @BeforeEach
    void oneAtATime() {
        company = tenant.company();
        limit("1", 200);
    }

    private void limit(String most, int status) {
        tenant.siteAdministrator()
                .asks()
                .body("{\"data\":{\"attributes\":{\"run-limit\":" + most + "}}}")
                .patch("/api/v2/admin/organizations/" + company.name())
                .then()
                .statusCode(status);
    }

    private RunId queued() {
        Workspace workspace = tenant.workspace(company);
        taker.configure(company, workspace);
        return taker.queued(company, workspace);
    }

    private String status(RunId run) {
        return taker.find(run).status();
    }

    @Test
    void theRestWaitsInOrderAndIsCounted() {
        RunId first = queued();
        RunId second = queued();
        RunId third = queued();
        assertThat(status(first)).isEqualTo("plan_queued");
        assertThat(status(second)).isEqualTo("pending");
        assertThat(reading.waitingFor(second).orElseThrow()).contains("one of the 1 places");
        company.owner()
                .asks()
                .get("/api/v2/organizations/" + company.name() + "/runs/queue")
                .then()
                .statusCode(200)
                .body("data.id", contains(first.value(), second.value(), third.value()))
                .body("data.attributes.position-in-queue", contains(0, 2, 3));
        company.owner()
                .asks()
                .get("/api/v2/organizations/" + company.name() + "/capacity")
                .then()
                .body("data.attributes.running", equalTo(1))
                .body("data.attributes.pending", equalTo(2));

        taker.planned(first);
        Await.until("the second's place", PATIENCE, () -> status(second).equals("plan_queued"));
        assertThat(status(third)).isEqualTo("pending");
        runs.wish(second, new RunInput.Cancel("mara"), "canceled", "");
        Await.until("the third's place", PATIENCE, () -> status(third).equals("plan_queued"));
    }

    @Test
    void moreRoomIsUsedAtOnceAndNonsenseRefused() {
        queued();
        RunId second = queued();
        assertThat(status(second)).isEqualTo("pending");
        limit("0", 422);
        limit("null", 200);
        Await.until("the second's place", PATIENCE, () -> status(second).equals("plan_queued"));
        tenant.siteAdministrator()
                .asks()
                .body("{\"data\":{\"attributes\":{\"run-limit\":-3}}}")
                .patch("/api/v2/admin/organizations/" + company.name())
                .then()
                .statusCode(422)
                .body("errors[0].detail", containsString("Run limit must be from 1"));
    }

    @Test
    void aWaitingRunCanBeCanceled() {
        queued();
        RunId second = queued();
        runs.wish(second, new RunInput.Cancel("mara"), "canceled", "");
        assertThat(status(second)).isEqualTo("canceled");
    }
}
