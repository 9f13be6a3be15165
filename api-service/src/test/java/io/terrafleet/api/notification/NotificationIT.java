package io.terrafleet.api.notification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.mailer.Mail;
import io.quarkus.mailer.MockMailbox;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.terrafleet.api.RunTaker;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.Tenant.Company;
import io.terrafleet.api.Tenant.Person;
import io.terrafleet.api.access.Role;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.RunId;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class NotificationIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String ALL =
            "[\"run:created\",\"run:planning\",\"run:needs_attention\",\"run:applying\",\"run:completed\",\"run:errored\"]";

    @Inject
    Tenant tenant;

    @Inject
    RunTaker taker;

    @Inject
    Deliveries deliveries;

    @Inject
    MockMailbox mailbox;

    @Inject
    @io.smallrye.common.annotation.Identifier("api")
    java.util.random.RandomGenerator random;

    private Company company;
    private Person owner;
    private Workspace workspace;
    private String address;
    private Receiver receiver;

    @BeforeEach
    void makeWorkspace() throws Exception {
        company = tenant.company();
        owner = company.owner();
        workspace = tenant.workspace(company);
        address = "/api/v2/workspaces/" + workspace.id() + "/notification-configurations";
        receiver = new Receiver();
    }

    @AfterEach
    void close() {
        receiver.close();
    }

    @Test
    void aRunTellsItsStoryToAGenericDestinationSigned() {
        create("\"destination-type\":\"generic\",\"enabled\":true,\"token\":\"s3cr3t-token\",\"triggers\":" + ALL);
        assertThat(receiver.triggers()).containsExactly("verification");
        taker.configure(company, workspace);
        RunId run = taker.queued(company, workspace);
        taker.plan(run);
        taker.apply(run);
        Await.until(
                "all that is to be told", PATIENCE, () -> receiver.received().size() >= 6);
        assertThat(receiver.triggers())
                .containsExactlyInAnyOrder(
                        "verification",
                        "run:created",
                        "run:planning",
                        "run:needs_attention",
                        "run:applying",
                        "run:completed");
        assertThat(receiver.received()).allSatisfy(one -> assertThat(one.signature())
                .contains(Courier.signature("s3cr3t-token", one.body().getBytes(StandardCharsets.UTF_8))));
        JsonNode told = receiver.received().stream()
                .map(Receiver.Received::json)
                .filter(json -> json.at("/notifications/0/trigger").asText().equals("run:completed"))
                .findFirst()
                .orElseThrow();
        assertThat(told.path("payload_version").asInt()).isEqualTo(1);
        assertThat(told.path("run_id").asText()).isEqualTo(run.value());
        assertThat(told.path("run_url").asText())
                .endsWith("/app/" + company.name() + "/" + workspace.name() + "/runs/" + run);
        assertThat(told.path("run_created_by").asText()).isEqualTo("mara");
        assertThat(told.path("workspace_name").asText()).isEqualTo(workspace.name());
        assertThat(told.path("organization_name").asText()).isEqualTo(company.name());
        assertThat(told.at("/notifications/0/run_status").asText()).isEqualTo("applied");
    }

    @Test
    void aTokenIsNeverShownAndWhatCameBackIs() {
        String shown = owner.asks()
                .body(body("\"destination-type\":\"generic\",\"enabled\":true,\"token\":\"s3cr3t-token\""))
                .post(address)
                .then()
                .statusCode(201)
                .body("data.type", equalTo("notification-configurations"))
                .body("data.attributes.token", nullValue())
                .body("data.attributes.delivery-responses", hasSize(1))
                .body("data.attributes.delivery-responses[0].code", equalTo("200"))
                .body("data.attributes.delivery-responses[0].body", equalTo("noted"))
                .body("data.attributes.delivery-responses[0].successful", equalTo("true"))
                .body(
                        "data.relationships.subscribable.data.id",
                        equalTo(workspace.id().value()))
                .extract()
                .asString();
        assertThat(shown).doesNotContain("s3cr3t");
    }

    @Test
    void whatADestinationDoesNotTakeIsSentAgain() {
        String id = create("\"destination-type\":\"generic\",\"enabled\":true,\"triggers\":[\"run:created\"]");
        receiver.fail(2);
        taker.configure(company, workspace);
        taker.queued(company, workspace);
        Await.until("the record of the third attempt", PATIENCE, () -> {
            deliveries.sendDue();
            return codes(id).size() >= 4;
        });
        assertThat(codes(id)).containsExactly("200", "503", "503", "200");
        assertThat(receiver.triggers()).containsExactly("verification", "run:created", "run:created", "run:created");
    }

    @Test
    void onlyWhatWasAskedForIsToldAndNothingWhenItIsOff() {
        create("\"destination-type\":\"generic\",\"enabled\":true,\"triggers\":[\"run:needs_attention\"]");
        create("\"destination-type\":\"generic\",\"enabled\":false,\"triggers\":" + ALL);
        taker.configure(company, workspace);
        taker.plan(taker.queued(company, workspace));
        Await.until("the one message", PATIENCE, () -> receiver.received().size() >= 2);
        assertThat(receiver.triggers()).containsExactly("verification", "run:needs_attention");
    }

    @Test
    void aProjectIsToldOfAllItsWorkspaces() {
        owner.asks()
                .body(body("\"destination-type\":\"generic\",\"enabled\":true,\"triggers\":[\"run:created\"]"))
                .post("/api/v2/projects/" + workspace.projectId() + "/notification-configurations")
                .then()
                .statusCode(201)
                .body("data.relationships.subscribable.data.type", equalTo("projects"));
        taker.configure(company, workspace);
        taker.queued(company, workspace);
        Await.until("the message", PATIENCE, () -> receiver.received().size() >= 2);
        assertThat(receiver.triggers()).containsExactly("verification", "run:created");
    }

    @Test
    void chatsGetWhatTheyRead() {
        create("\"destination-type\":\"slack\",\"enabled\":true");
        create("\"destination-type\":\"microsoft-teams\",\"enabled\":true");
        assertThat(receiver.received().get(0).json().path("text").asText()).startsWith("Verification of ");
        JsonNode card = receiver.received().get(1).json();
        assertThat(card.at("/attachments/0/contentType").asText()).isEqualTo("application/vnd.microsoft.card.adaptive");
        assertThat(card.at("/attachments/0/content/body/0/text").asText()).startsWith("Verification of ");
        assertThat(receiver.received())
                .allSatisfy(one -> assertThat(one.signature()).isEmpty());
    }

    @Test
    void mailReachesUsersAndAddresses() {
        String outside = Ids.make("m", random) + "@example.org";
        String user = owner.principal().id();
        owner.asks()
                .body("{\"data\":{\"attributes\":{\"name\":\"mail\",\"destination-type\":\"email\",\"enabled\":true,"
                        + "\"triggers\":[\"run:created\"],\"email-addresses\":[\"" + outside
                        + "\"]},\"relationships\":{\"users\":{\"data\":[{\"type\":\"users\",\"id\":\"" + user
                        + "\"}]}}}}")
                .post(address)
                .then()
                .statusCode(201)
                .body("data.relationships.users.data.id", contains(user));
        taker.configure(company, workspace);
        RunId run = taker.queued(company, workspace);
        Await.until("the mail", PATIENCE, () -> mailbox.getMailsSentTo(outside).size() >= 2);
        List<Mail> mails = mailbox.getMailsSentTo(outside);
        assertThat(mails.get(1).getSubject()).isEqualTo("Run Created: " + company.name() + "/" + workspace.name());
        assertThat(mails.get(1).getText()).contains(run.value()).contains("/runs/" + run);
        String inside = owner.principal().name() + "@example.com";
        Await.until(
                "the user's mail",
                PATIENCE,
                () -> mailbox.getMailsSentTo(inside).size() >= 2);
    }

    @Test
    void whatDoesNotArriveIsNotEnabled() {
        receiver.fail(1);
        owner.asks()
                .body(body("\"destination-type\":\"generic\",\"enabled\":true"))
                .post(address)
                .then()
                .statusCode(422)
                .body("errors[0].detail", containsString("HTTP 503"));
        owner.asks().get(address).then().body("data", empty());
        String id = create("\"destination-type\":\"generic\",\"enabled\":false");
        receiver.fail(1);
        owner.asks()
                .post("/api/v2/notification-configurations/" + id + "/actions/verify")
                .then()
                .statusCode(400);
        owner.asks()
                .post("/api/v2/notification-configurations/" + id + "/actions/verify")
                .then()
                .statusCode(200)
                .body("data.attributes.delivery-responses.code", contains("200", "503"));
        receiver.fail(1);
        owner.asks()
                .body("{\"data\":{\"attributes\":{\"enabled\":true}}}")
                .patch("/api/v2/notification-configurations/" + id)
                .then()
                .statusCode(422);
        owner.asks()
                .get("/api/v2/notification-configurations/" + id)
                .then()
                .body("data.attributes.enabled", equalTo(false));
    }

    @Test
    void aConfigurationIsChangedAndDeleted() {
        String id = create("\"destination-type\":\"generic\",\"enabled\":false");
        String one = "/api/v2/notification-configurations/" + id;
        owner.asks()
                .body("{\"data\":{\"attributes\":{\"name\":\"renamed\",\"triggers\":[\"run:errored\"]}}}")
                .patch(one)
                .then()
                .statusCode(200)
                .body("data.attributes.name", equalTo("renamed"))
                .body("data.attributes.triggers", contains("run:errored"));
        owner.asks()
                .body("{\"data\":{\"attributes\":{\"destination-type\":\"slack\"}}}")
                .patch(one)
                .then()
                .statusCode(422);
        owner.asks().delete(one).then().statusCode(204);
        owner.asks().get(one).then().statusCode(404);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"enabled\":false",
                "\"destination-type\":\"pigeon\",\"enabled\":false",
                "\"destination-type\":\"generic\",\"enabled\":false,\"triggers\":[\"run:exploded\"]",
                "\"destination-type\":\"generic\",\"enabled\":false,\"url\":\"file:///etc/passwd\"",
                "\"destination-type\":\"generic\",\"enabled\":false,\"url\":\"http://user:pw@host/\"",
                "\"destination-type\":\"generic\",\"enabled\":false,\"url\":\"\"",
                "\"destination-type\":\"email\",\"enabled\":false,\"email-addresses\":[\"a@b,c@d\"]",
                "\"destination-type\":\"email\",\"enabled\":true"
            })
    void whatIsWrongIsRefused(String attributes) {
        owner.asks().body(body(attributes)).post(address).then().statusCode(422);
    }

    @Test
    void whoMayNotChangeTheWorkspaceSeesNone() {
        String id = create("\"destination-type\":\"generic\",\"enabled\":false");
        Person reader = tenant.member(company, Role.READER);
        reader.asks().get(address).then().statusCode(403);
        reader.asks().get("/api/v2/notification-configurations/" + id).then().statusCode(403);
        Person stranger = tenant.company().owner();
        stranger.asks().get("/api/v2/notification-configurations/" + id).then().statusCode(404);
        stranger.asks().get(address).then().statusCode(404);
    }

    private List<String> codes(String id) {
        return owner.asks()
                .get("/api/v2/notification-configurations/" + id)
                .then()
                .extract()
                .path("data.attributes.delivery-responses.code");
    }

    private String create(String attributes) {
        return owner.asks()
                .body(body(attributes))
                .post(address)
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
    }

    /** With the receiver's address, unless the attributes name one. */
    private String body(String attributes) {
        String url = attributes.contains("\"url\"") ? "" : ",\"url\":\"" + receiver.url() + "\"";
        return "{\"data\":{\"type\":\"notification-configurations\",\"attributes\":{\"name\":\"hook\"," + attributes
                + url + "}}}";
    }
}
