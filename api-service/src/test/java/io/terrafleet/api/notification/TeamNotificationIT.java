package io.terrafleet.api.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.terrafleet.api.RunTaker;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.Tenant.Company;
import io.terrafleet.api.access.Accesses;
import io.terrafleet.api.access.Role;
import io.terrafleet.api.access.TeamSettings;
import io.terrafleet.api.access.Teams;
import io.terrafleet.api.access.WorkspaceAccess;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.time.Duration;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class TeamNotificationIT {
    @Inject
    Tenant tenant;

    @Inject
    RunTaker taker;

    @Inject
    Teams teams;

    @Inject
    Accesses accesses;

    @Test
    void aTeamIsToldOfTheRunsThatItMaySee() throws IOException {
        Company company = tenant.company();
        Workspace seen = tenant.workspace(company);
        Workspace unseen = tenant.workspace(company);
        String team = teams.create(company.id(), TeamSettings.named("watchers")).id();
        accesses.giveWorkspace(team, seen.id().value(), WorkspaceAccess.READ);
        try (Receiver receiver = new Receiver()) {
            String address = "/api/v2/teams/" + team + "/notification-configurations";
            String id = company.owner()
                    .asks()
                    .body(
                            "{\"data\":{\"attributes\":{\"name\":\"watch\",\"destination-type\":\"generic\",\"enabled\":true,\"url\":\""
                                    + receiver.url() + "\",\"triggers\":[\"run:created\"]}}}")
                    .post(address)
                    .then()
                    .statusCode(201)
                    .body("data.relationships.subscribable.data.type", equalTo("teams"))
                    .body("data.relationships.subscribable.data.id", equalTo(team))
                    .extract()
                    .path("data.id");
            company.owner().asks().get(address).then().body("data.id", contains(id));
            tenant.member(company, Role.WRITER).asks().get(address).then().statusCode(403);
            tenant.company().owner().asks().get(address).then().statusCode(404);
            for (Workspace workspace : new Workspace[] {unseen, seen}) {
                taker.configure(company, workspace);
                taker.queued(company, workspace);
            }
            Await.until("the run that is seen", Duration.ofSeconds(20), () -> receiver.triggers()
                    .contains("run:created"));
            assertThat(receiver.received()
                            .getLast()
                            .json()
                            .path("workspace_name")
                            .asText())
                    .isEqualTo(seen.name());
            assertThat(receiver.triggers()).containsExactly("verification", "run:created");
            company.owner()
                    .asks()
                    .delete("/api/v2/notification-configurations/" + id)
                    .then()
                    .statusCode(204);
        }
    }
}
