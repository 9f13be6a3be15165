package io.terrafleet.api.audit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.Tenant.Company;
import io.terrafleet.api.Tenant.Person;
import io.terrafleet.api.access.Tokens;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.event.AuditEvent.ChangeAudited;
import io.terrafleet.contracts.event.FactCodec;
import io.terrafleet.contracts.event.Topic;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.StreamSupport;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class AuditTrailIT {
    private static final String TRAIL = "/api/v2/organization/audit-trail";

    @Inject
    Tenant tenant;

    @Inject
    Tokens tokens;

    @Inject
    @Identifier("default-kafka-broker")
    Map<String, Object> kafka;

    Company company;
    Person auditor;

    @BeforeEach
    void aCompany() {
        company = tenant.company();
        auditor = new Person(
                company.owner().principal(),
                tokens.issueForAuditTrails(company.id(), Optional.empty()).secret());
    }

    @Test
    void aChangeIsToldWithWhoWhatAndFromWhere() {
        Workspace workspace = tenant.workspace(company);
        company.owner()
                .asks()
                .header("X-Request-Id", "ticket-17")
                .body("{\"data\":{\"attributes\":{\"auto-apply\":true}}}")
                .patch("/api/v2/workspaces/" + workspace.id())
                .then()
                .statusCode(200);
        auditor.asks()
                .get(TRAIL)
                .then()
                .statusCode(200)
                .body("data[0].type", equalTo("Resource"))
                .body(
                        "data[0].auth.accessor_id",
                        equalTo(company.owner().principal().id()))
                .body("data[0].auth.organization_id", equalTo(company.id()))
                .body("data[0].request.id", equalTo("ticket-17"))
                .body("data[0].request.address", equalTo("127.0.0.1"))
                .body("data[0].resource.id", equalTo(workspace.id().value()))
                .body("data[0].resource.type", equalTo("workspace"))
                .body("data[0].resource.action", equalTo("update"))
                .body("data[0].resource.meta.changes.name", equalTo(List.of("autoApply")))
                .body("data[0].resource.meta.changes[0].before", equalTo("false"))
                .body("data[0].resource.meta.changes[0].after", equalTo("true"))
                .body("pagination.current_page", equalTo(1))
                .body("pagination.next_page", nullValue());
        auditor.asks().get(TRAIL + "?since=2999-01-01T00:00:00Z").then().body("pagination.total_count", equalTo(0));
        auditor.asks().get(TRAIL + "?since=yesterday").then().statusCode(400);
    }

    @Test
    void secretsAreNotToldAndRefusedChangesNeither() {
        Workspace workspace = tenant.workspace(company);
        String vars = "/api/v2/workspaces/" + workspace.id() + "/vars";
        company.owner()
                .asks()
                .body(
                        "{\"data\":{\"attributes\":{\"key\":\"PASSWORD\",\"value\":\"hunter2-not-told\",\"category\":\"env\",\"sensitive\":true}}}")
                .post(vars)
                .then()
                .statusCode(201);
        company.owner()
                .asks()
                .body("{\"data\":{\"attributes\":{\"key\":\"PASSWORD\",\"value\":\"again\",\"category\":\"env\"}}}")
                .post(vars)
                .then()
                .statusCode(422);
        auditor.asks()
                .get(TRAIL)
                .then()
                .body("data.resource.type", hasItem("variable"))
                .body("data.findAll { it.resource.type == 'variable' }.size()", equalTo(1))
                .body(not(containsString("hunter2-not-told")));
    }

    @Test
    void theTrailIsForItsTokensAndOwnersOnly() {
        company.owner().asks().get(TRAIL).then().statusCode(404);
        company.owner()
                .asks()
                .get(TRAIL + "?organization=" + company.name())
                .then()
                .statusCode(200);
        tenant.person()
                .asks()
                .get(TRAIL + "?organization=" + company.name())
                .then()
                .statusCode(404);
        auditor.asks().get("/api/v2/organizations/" + company.name()).then().statusCode(404);
    }

    @Test
    void aChangeIsToldOnTheTopicToo() {
        String name = company.name() + "-told";
        String workspace = company.owner()
                .asks()
                .body("{\"data\":{\"type\":\"workspaces\",\"attributes\":{\"name\":\"" + name + "\"}}}")
                .post("/api/v2/organizations/" + company.name() + "/workspaces")
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
        Map<String, Object> reader = Map.of(
                "bootstrap.servers",
                kafka.get("bootstrap.servers"),
                "group.id",
                "test-" + UUID.randomUUID(),
                "auto.offset.reset",
                "earliest");
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(reader, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(Topic.AUDIT_EVENTS.kafkaName()));
            ChangeAudited told = Await.value(
                    "the audit event", Duration.ofSeconds(20), () -> hear(consumer, company.id(), workspace));
            assertThat(told.action()).isEqualTo("create");
            assertThat(told.actor().id()).isEqualTo(company.owner().principal().id());
            assertThat(told.changes())
                    .anySatisfy(change -> assertThat(change.after()).contains(name));
        }
    }

    private static Optional<ChangeAudited> hear(
            KafkaConsumer<String, byte[]> consumer, String organization, String resource) {
        return StreamSupport.stream(consumer.poll(Duration.ofMillis(200)).spliterator(), false)
                .filter(record -> organization.equals(record.key()))
                .flatMap(record -> FactCodec.read(
                        new String(record.headers().lastHeader("ce_type").value(), StandardCharsets.UTF_8),
                        record.value())
                        .stream())
                .map(ChangeAudited.class::cast)
                .filter(event -> event.resourceId().equals(resource))
                .findFirst();
    }
}
