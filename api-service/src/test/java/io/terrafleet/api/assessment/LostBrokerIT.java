package io.terrafleet.api.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.RunTaker;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.event.PolicyDecision.PolicyDecided;
import io.terrafleet.contracts.event.Topic;
import io.terrafleet.contracts.event.Verdict;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the runs wait for is said once more, and to whom has heard it, it changes nothing. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class LostBrokerIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    Tenant tenant;

    @Inject
    RunTaker taker;

    @Inject
    LostBroker broker;

    @Inject
    Assessments assessments;

    @Inject
    @Identifier("default-kafka-broker")
    Map<String, Object> kafka;

    private Tenant.Company company;
    private Workspace workspace;

    @BeforeEach
    void aWorkspace() {
        company = tenant.company();
        workspace = tenant.workspace(company);
        taker.configure(company, workspace);
    }

    @Test
    void everyRunIsSaidAgainWhereItStands() {
        RunId ended = taker.queued(company, workspace);
        taker.plan(ended);
        taker.apply(ended);
        RunId priced = taker.queued(company, workspace);
        String sha256 = taker.planned(priced);
        taker.price(priced, sha256);
        RunId pending = taker.queued(company, workspace);
        Workspace other = tenant.workspace(company);
        taker.configure(company, other);
        RunId queued = taker.queued(company, other);

        broker.announceAgain();

        heard(Topic.RUN_REQUESTS, queued, List.of("phase-requested", "phase-requested"));
        heard(Topic.RUN_EVENTS, ended, List.of("plan-completed", "plan-priced", "run-finished", "run-finished"));
        heard(Topic.RUN_EVENTS, priced, List.of("plan-completed", "plan-priced", "plan-completed", "plan-priced"));
        assertThat(taker.find(pending).status()).isEqualTo("pending");
        assertThat(taker.find(priced).status()).as("said again, not moved").isEqualTo("policy_checking");
        assertThat(taker.find(queued).status()).isEqualTo("plan_queued");
    }

    @Test
    void asJudgesThatAreAskedTwiceAnswerTwiceTheFirstAnswerCounts() {
        RunId run = taker.queued(company, workspace);
        String sha256 = taker.planned(run);
        broker.announceAgain();
        taker.price(run, sha256);
        assessments.accept("policy-1-" + run, decision(run, sha256, Verdict.APPROVE));
        assertThat(taker.find(run).status()).isEqualTo("policy_checked");
        assessments.accept("policy-2-" + run, decision(run, sha256, Verdict.BLOCK));
        assertThat(taker.find(run).status()).isEqualTo("policy_checked");
        broker.announceAgain();
        assertThat(taker.find(run).status()).as("it waits for a person").isEqualTo("policy_checked");
    }

    private static PolicyDecided decision(RunId run, String sha256, Verdict verdict) {
        return new PolicyDecided(run, sha256, verdict, List.of(), List.of(), 1, Instant.parse("2026-11-26T10:00:00Z"));
    }

    /** In this order, and the records of other tests are not looked at. */
    private void heard(Topic topic, RunId run, List<String> types) {
        Map<String, Object> reader = new HashMap<>(kafka);
        reader.put("group.id", "test-" + UUID.randomUUID());
        reader.put("auto.offset.reset", "earliest");
        reader.put("enable.auto.commit", "false");
        List<String> heard = new ArrayList<>();
        try (KafkaConsumer<String, byte[]> consumer =
                new KafkaConsumer<>(reader, new StringDeserializer(), new ByteArrayDeserializer())) {
            consumer.subscribe(List.of(topic.kafkaName()));
            Await.until(run + " is told of as " + types, PATIENCE, () -> {
                consumer.poll(Duration.ofMillis(200)).forEach(record -> {
                    if (run.value().equals(record.key())) {
                        heard.add(type(record.headers().lastHeader("ce_type").value()));
                    }
                });
                return heard.size() >= types.size();
            });
        }
        assertThat(heard).as(run + " on " + topic).isEqualTo(types);
    }

    private static String type(byte[] header) {
        String[] parts = new String(header, StandardCharsets.UTF_8).split("\\.", -1);
        return parts[parts.length - 2]; // io.terrafleet.TOPIC.TYPE.v1
    }
}
