package io.terrafleet.api.workspace;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.Tenant.Company;
import io.terrafleet.api.Tenant.Person;
import io.terrafleet.api.access.WorkspaceAccess;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.time.Duration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class WorkspaceTraitsIT {
    @Inject
    Tenant tenant;

    @Inject
    Workspaces workspaces;

    @Inject
    RemoteStates remoteStates;

    private Company company;
    private Person owner;
    private Workspace workspace;

    @BeforeEach
    void makeWorkspace() {
        company = tenant.company();
        owner = company.owner();
        workspace = tenant.workspace(company);
    }

    @Test
    void whatFewSetIsKeptAndShown() {
        change(
                        "\"speculative-enabled\":false,\"file-triggers-enabled\":false,\"trigger-prefixes\":[\"net\",\"app\"],"
                                + "\"source-name\":\"console\",\"source-url\":\"https://example.com/x\",\"project-remote-state\":true")
                .statusCode(200)
                .body("data.attributes.speculative-enabled", equalTo(false))
                .body("data.attributes.file-triggers-enabled", equalTo(false))
                .body("data.attributes.trigger-prefixes", contains("net", "app"))
                .body("data.attributes.source-name", equalTo("console"))
                .body("data.attributes.source-url", equalTo("https://example.com/x"))
                .body("data.attributes.project-remote-state", equalTo(true));
        change("\"trigger-prefixes\":null,\"trigger-patterns\":[\"**/*.tf\"],\"source-url\":null")
                .statusCode(200)
                .body("data.attributes.trigger-prefixes", empty())
                .body("data.attributes.trigger-patterns", contains("**/*.tf"))
                .body("data.attributes.source-url", nullValue());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"trigger-prefixes\":[\"a\"],\"trigger-patterns\":[\"b\"]",
                "\"trigger-prefixes\":[\"\"]",
                "\"source-url\":\"javascript:alert(1)\"",
                "\"auto-destroy-at\":\"tomorrow\"",
                "\"auto-destroy-at\":\"2027-01-31T18:00:00Z\",\"auto-destroy-activity-duration\":\"1d\"",
                "\"auto-destroy-activity-duration\":\"0d\"",
                "\"auto-destroy-activity-duration\":\"12345d\"",
                "\"auto-destroy-activity-duration\":\"3w\"",
                "\"global-remote-state\":\"yes\"",
                "\"assessments-enabled\":true"
            })
    void whatIsWrongIsRefused(String attributes) {
        change(attributes).statusCode(422);
    }

    @Test
    void anUnreadableDurationIsRefusedInTheWordsThatClientsCompare() {
        change("\"auto-destroy-activity-duration\":\"2 weeks\"")
                .statusCode(422)
                .body("errors[0].title", equalTo("invalid attribute"))
                .body(
                        "errors[0].detail",
                        equalTo(
                                "Auto destroy activity duration has an incorrect format, we expect up to 4 numeric digits and 1 unit ('d' or 'h')"));
    }

    @Test
    void inactivityIsCountedFromTheNewestState() {
        change("\"auto-destroy-activity-duration\":\"24h\"")
                .statusCode(200)
                .body("data.attributes.auto-destroy-activity-duration", equalTo("24h"))
                .body("data.attributes.auto-destroy-at", notNullValue());
        workspaces.stateChanged(workspace.id(), 3);
        Workspace active = now();
        assertThat(active.traits().autoDestroyAt()).contains(active.changedAt().plus(Duration.ofHours(24)));
        workspaces.stateChanged(workspace.id(), 0);
        assertThat(now().traits().autoDestroyAt()).isEmpty();
        change("\"auto-destroy-at\":\"2027-01-31T18:00:00+01:00\"")
                .statusCode(200)
                .body("data.attributes.auto-destroy-at", equalTo("2027-01-31T17:00:00Z"))
                .body("data.attributes.auto-destroy-activity-duration", nullValue());
        change("\"auto-destroy-at\":null").statusCode(200).body("data.attributes.auto-destroy-at", nullValue());
    }

    @Test
    void stateIsSharedWithTheWorkspacesThatAreNamed() {
        Workspace consumer = tenant.workspace(company);
        Workspace other = tenant.workspace(company);
        assertThat(remoteStates.mayRead(workspace.id(), workspace.id())).isTrue();
        assertThat(remoteStates.mayRead(consumer.id(), workspace.id())).isFalse();
        owner.asks().body(linkage(consumer)).post(consumers()).then().statusCode(204);
        owner.asks().body(linkage(consumer)).post(consumers()).then().statusCode(204);
        listed().body("data.id", contains(consumer.id().value()));
        assertThat(remoteStates.mayRead(consumer.id(), workspace.id())).isTrue();
        assertThat(remoteStates.mayRead(workspace.id(), consumer.id())).isFalse();
        owner.asks().body(linkage(other)).patch(consumers()).then().statusCode(204);
        listed().body("data.id", contains(other.id().value()));
        assertThat(remoteStates.mayRead(consumer.id(), workspace.id())).isFalse();
        owner.asks().body(linkage(other)).delete(consumers()).then().statusCode(204);
        listed().body("data", empty());
    }

    @Test
    void stateIsSharedWithAllOfTheProjectOrTheOrganization() {
        Workspace near = tenant.workspace(company);
        Workspace far = tenant.workspace(company);
        String project = owner.asks()
                .body("{\"data\":{\"attributes\":{\"name\":\"far\"}}}")
                .post("/api/v2/organizations/" + company.name() + "/projects")
                .then()
                .extract()
                .path("data.id");
        owner.asks()
                .body("{\"data\":{\"relationships\":{\"project\":{\"data\":{\"type\":\"projects\",\"id\":\"" + project
                        + "\"}}}}}")
                .patch("/api/v2/workspaces/" + far.id())
                .then()
                .statusCode(200);
        change("\"project-remote-state\":true");
        assertThat(remoteStates.mayRead(near.id(), workspace.id())).isTrue();
        assertThat(remoteStates.mayRead(far.id(), workspace.id())).isFalse();
        change("\"project-remote-state\":false,\"global-remote-state\":true");
        assertThat(remoteStates.mayRead(far.id(), workspace.id())).isTrue();
        Workspace foreign = tenant.workspace(tenant.company());
        assertThat(remoteStates.mayRead(foreign.id(), workspace.id())).isFalse();
    }

    @Test
    void stateIsNotSharedWithStrangers() {
        Workspace foreign = tenant.workspace(tenant.company());
        owner.asks().body(linkage(foreign)).post(consumers()).then().statusCode(422);
        owner.asks().body(linkage(workspace)).post(consumers()).then().statusCode(422);
        tenant.company().owner().asks().get(consumers()).then().statusCode(404);
    }

    @Test
    void whoSharesStateIsToldOnlyOfWorkspacesThatTheySee() {
        Workspace hidden = tenant.workspace(company);
        owner.asks().body(linkage(hidden)).post(consumers()).then().statusCode(204);
        Person guest = tenant.guest(company, workspace, WorkspaceAccess.ADMIN);
        guest.asks()
                .get(consumers())
                .then()
                .statusCode(200)
                .body("data", empty())
                .body("meta.pagination.total-count", equalTo(0));
        listed().body("data.id", contains(hidden.id().value()));
    }

    private ValidatableResponse listed() {
        return owner.asks().get(consumers()).then().statusCode(200);
    }

    private String consumers() {
        return "/api/v2/workspaces/" + workspace.id() + "/relationships/remote-state-consumers";
    }

    private static String linkage(Workspace to) {
        return "{\"data\":[{\"type\":\"workspaces\",\"id\":\"" + to.id() + "\"}]}";
    }

    private Workspace now() {
        return workspaces.find(workspace.id()).orElseThrow();
    }

    private ValidatableResponse change(String attributes) {
        return owner.asks()
                .body("{\"data\":{\"attributes\":{" + attributes + "}}}")
                .patch("/api/v2/workspaces/" + workspace.id())
                .then();
    }
}
