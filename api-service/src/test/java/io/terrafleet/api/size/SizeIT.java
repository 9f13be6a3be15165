package io.terrafleet.api.size;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.RunTaker;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.Tenant.Company;
import io.terrafleet.api.Tenant.Person;
import io.terrafleet.api.access.Role;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.event.RunRequest.PhaseRequested;
import io.terrafleet.contracts.event.RunSize;
import io.terrafleet.contracts.event.Topic;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What somebody sets for a workspace or an agent pool is bounded, and reaches whoever makes the pod. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class SizeIT {
    @Inject
    Tenant tenant;

    @Inject
    RunTaker taker;

    @Inject
    Sizes sizes;

    @Inject
    @Identifier("default-kafka-broker")
    Map<String, Object> kafka;

    private Company company;
    private Person owner;
    private Workspace workspace;
    private String address;

    @BeforeEach
    void makeWorkspace() {
        company = tenant.company();
        owner = company.owner();
        workspace = tenant.workspace(company);
        address = "/api/v2/workspaces/" + workspace.id() + "/run-size";
    }

    private ValidatableResponse set(String where, String attributes) {
        return owner.asks()
                .body("{\"data\":{\"type\":\"run-sizes\",\"attributes\":{" + attributes + "}}}")
                .patch(where)
                .then();
    }

    @Test
    void whatIsSetIsShownChangedAndTakenBack() {
        owner.asks()
                .get(address)
                .then()
                .statusCode(200)
                .body("data.type", equalTo("run-sizes"))
                .body("data.attributes.memory-limit", nullValue());
        set(address, "\"memory-limit\":\"4Gi\",\"cpu-request\":\"1.5\"")
                .statusCode(200)
                .body("data.attributes.memory-limit", equalTo("4Gi"))
                .body("data.attributes.cpu-request", equalTo("1500m"));
        set(address, "\"memory-limit\":null,\"disk\":\"20Gi\"")
                .statusCode(200)
                .body("data.attributes.memory-limit", nullValue())
                .body("data.attributes.cpu-request", equalTo("1500m"))
                .body("data.attributes.disk", equalTo("20Gi"));
        set(address, "\"cpu-request\":null,\"disk\":null").statusCode(200);
        assertThat(sizes.applicableTo(workspace.id())).isEmpty();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "memory-limit | \"lots\" | must be a Kubernetes quantity, as 512Mi or 4Gi are",
                "memory-limit | \"1Ki\" | must be between 128Mi and 64Gi",
                "memory-limit | \"9999Ti\" | must be between",
                "memory-limit | \"-1\" | must be a Kubernetes quantity",
                "memory-limit | \"1Gi\\n  hostNetwork: true\" | must be a Kubernetes quantity",
                "memory-limit | \"$(reboot)\" | must be a Kubernetes quantity",
                "memory-limit | 4 | must be a string",
                "memory-request | {\"a\":1} | must be a string",
                "cpu-request | \"0\" | must be between 10m and 16",
                "cpu-limit | \"17\" | must be between 10m and 16",
                "cpu-limit | \"1e9\" | must be a Kubernetes quantity, as 500m, 2 or 1.5 are",
                "disk | \"1Mi\" | must be between 256Mi and 256Gi"
            })
    void whatNoPodShouldHaveIsRefused(String attribute, String value, String message) {
        set(address, "\"" + attribute + "\":" + value)
                .statusCode(422)
                .body("errors[0].detail", containsString(message))
                .body("errors[0].source.pointer", equalTo("/data/attributes/" + attribute));
        assertThat(sizes.applicableTo(workspace.id())).isEmpty();
    }

    @Test
    void aLimitIsNotLessThanWhatIsAskedFor() {
        set(address, "\"memory-request\":\"2Gi\"").statusCode(200);
        set(address, "\"memory-limit\":\"1Gi\"")
                .statusCode(422)
                .body("errors[0].detail", containsString("must not be less than memory-request"));
        set(address, "\"memory-limit\":\"1Gi\",\"memory-request\":\"1Gi\"").statusCode(200);
    }

    @Test
    void whoMayNotChangeAWorkspaceChangesNoSize() {
        Person reader = tenant.member(company, Role.READER);
        reader.asks().get(address).then().statusCode(200);
        reader.asks()
                .body("{\"data\":{\"attributes\":{\"disk\":\"8Gi\"}}}")
                .patch(address)
                .then()
                .statusCode(403);
        tenant.company().owner().asks().get(address).then().statusCode(404);
    }

    @Test
    void aWorkerIsToldOfTheWorkspacesSize() {
        set(address, "\"memory-limit\":\"4Gi\",\"cpu-request\":\"500m\"").statusCode(200);
        taker.configure(company, workspace);
        RunId run = taker.queued(company, workspace);

        assertThat(requested(run).size())
                .contains(new RunSize(
                        Optional.of(500L),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(4L << 30),
                        Optional.empty()));
    }

    private PhaseRequested requested(RunId run) {
        Map<String, Object> reader = new HashMap<>(kafka);
        reader.put("group.id", "test-" + UUID.randomUUID());
        reader.put("auto.offset.reset", "earliest");
        reader.put("enable.auto.commit", "false");
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(reader, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(Topic.RUN_REQUESTS.kafkaName()));
            return Await.value("the request", Duration.ofSeconds(60), () -> {
                for (ConsumerRecord<String, byte[]> record : consumer.poll(Duration.ofMillis(200))) {
                    if (run.value().equals(record.key())) {
                        return Optional.of(read(record.value()));
                    }
                }
                return Optional.empty();
            });
        }
    }

    private static PhaseRequested read(byte[] json) {
        try {
            return Json.mapper().readValue(json, PhaseRequested.class);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    @Test
    void anAgentIsGivenWhatWorkspaceAndPoolSay() {
        String pool = owner.asks()
                .body("{\"data\":{\"type\":\"agent-pools\",\"attributes\":{\"name\":\"eu\"}}}")
                .post("/api/v2/organizations/" + company.name() + "/agent-pools")
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
        set("/api/v2/agent-pools/" + pool + "/run-size", "\"memory-limit\":\"8Gi\",\"disk\":\"40Gi\"")
                .statusCode(200)
                .body("data.id", equalTo(pool));
        set(address, "\"memory-limit\":\"4Gi\"").statusCode(200);
        set("/api/v2/workspaces/" + workspace.id(), "\"execution-mode\":\"agent\",\"agent-pool-id\":\"" + pool + "\"")
                .statusCode(200);
        taker.configure(company, workspace);
        taker.queued(company, workspace);
        String token = owner.asks()
                .body("{\"data\":{\"attributes\":{\"description\":\"for hosts\"}}}")
                .post("/api/v2/agent-pools/" + pool + "/authentication-tokens")
                .then()
                .statusCode(201)
                .extract()
                .path("data.attributes.token");
        Person agent = new Person(owner.principal(), token);
        String id = agent.asks()
                .body("{\"name\":\"host-1\"}")
                .post("/api/agent/v1/agents")
                .then()
                .statusCode(201)
                .extract()
                .path("id");

        agent.asks()
                .body("{}")
                .post("/api/agent/v1/agents/" + id + "/jobs")
                .then()
                .statusCode(200)
                .body("size.memory-limit", equalTo(4L << 30))
                .body("size.disk", equalTo(40L << 30))
                .body("size.cpu-limit", nullValue());
    }
}
