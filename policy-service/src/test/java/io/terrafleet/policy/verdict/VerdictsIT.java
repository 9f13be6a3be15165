package io.terrafleet.policy.verdict;

import static org.assertj.core.api.Assertions.assertThat;

import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.event.Enforcement;
import io.terrafleet.contracts.event.PolicyDecision.PolicyDecided;
import io.terrafleet.contracts.event.PolicyDecision.TrialJudged;
import io.terrafleet.contracts.event.PolicySetRef;
import io.terrafleet.contracts.event.PolicySetRef.PolicyRef;
import io.terrafleet.contracts.event.RunEvent.PlanCompleted;
import io.terrafleet.contracts.event.RunEvent.PlanTried;
import io.terrafleet.contracts.event.Verdict;
import io.terrafleet.messaging.Messaging;
import io.terrafleet.policy.ArtifactServer;
import io.terrafleet.policy.ArtifactServerResource;
import io.terrafleet.policy.Plans;
import io.terrafleet.policy.library.Library;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.PlatformResource;
import io.terrafleet.testkit.TarGz;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The service on a real broker and a real database; only the api's artifact store is a stand-in. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(value = ArtifactServerResource.class, restrictToAnnotatedClass = true)
@SuppressWarnings("NullAway.Init")
class VerdictsIT {
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    ArtifactServer api;

    @Inject
    @Identifier("default-kafka-broker")
    Map<String, Object> kafka;

    @Inject
    @Identifier("policy")
    Messaging messaging;

    @Inject
    @DataSource("policy")
    AgroalDataSource dataSource;

    private Bus bus;

    @BeforeEach
    void connect() {
        bus = new Bus(Objects.requireNonNull(kafka.get("bootstrap.servers")));
        api.failWith(200);
    }

    @AfterEach
    void disconnect() {
        bus.close();
    }

    @Test
    void blocksAPlanThatTheLibraryRefusesAndSaysWhy() {
        RunId run = run();
        ask(run, api.put(Plans.json("04-sg-violations")), library("sg_ingress_cidr", Enforcement.MANDATORY));

        PolicyDecided decision = decision(run);

        assertThat(decision.verdict()).isEqualTo(Verdict.BLOCK_OVERRIDABLE);
        assertThat(decision.reasons())
                .contains(
                        "sg_ingress_cidr: aws_security_group_rule.ssh_anywhere: lets in 0.0.0.0/0, which is not within"
                                + " 10.0.0.0/8");
        assertThat(decision.sets().getFirst().outcomes().getFirst().violationCount())
                .isGreaterThan(15);
        assertThat(stored(run)).containsExactly("block-overridable");
    }

    @Test
    void approvesACompliantPlan() {
        RunId run = run();
        ask(run, api.put(Plans.json("01-web-app")), library("encryption_at_rest", Enforcement.HARD_MANDATORY));

        assertThat(decision(run).verdict()).isEqualTo(Verdict.APPROVE);
    }

    @Test
    void judgesByABundle() {
        RunId run = run();
        byte[] bundle = TarGz.of(Map.of(
                "p.rego",
                "package acme\n\ndeny contains msg if {\n\tmsg := sprintf(\"%s says no\", [data.params.who])\n}\n"));
        ask(run, api.put(Plans.json("01-web-app")), bundle(api.put(bundle)));

        PolicyDecided decision = decision(run);

        assertThat(decision.verdict()).isEqualTo(Verdict.BLOCK);
        assertThat(decision.reasons()).containsExactly("no: ada says no");
    }

    @Test
    void aBundleThatDoesNotParseFailsClosed() {
        RunId run = run();
        ask(
                run,
                api.put(Plans.json("01-web-app")),
                bundle(api.put(TarGz.of(Map.of("p.rego", "package acme\n\ndeny {{")))));

        PolicyDecided decision = decision(run);

        assertThat(decision.verdict()).isEqualTo(Verdict.BLOCK);
        assertThat(decision.sets().getFirst().error()).isPresent();
    }

    @Test
    void blocksACorruptPlan() {
        RunId run = run();
        ArtifactRef promised = api.put(Plans.json("01-web-app"));
        byte[] swapped = Plans.json("01-web-app");
        swapped[100]++;
        ask(run, api.swap(promised, swapped), library("sg_ingress_cidr", Enforcement.ADVISORY));
        RunId other = run();
        ask(other, api.put("{]".getBytes(StandardCharsets.UTF_8)), library("sg_ingress_cidr", Enforcement.ADVISORY));

        assertThat(decision(run).verdict()).isEqualTo(Verdict.BLOCK);
        assertThat(decision(run).reasons().getFirst()).contains("SHA-256");
        assertThat(decision(other).reasons().getFirst()).contains("not JSON");
    }

    /** It is not asked for, so it need not be there. */
    @Test
    void blocksAPlanThatIsTooLargeForItsMemory() {
        RunId run = run();
        ArtifactRef large = new ArtifactRef("art-0000000000000000", "0".repeat(64), 300_000_000);
        ask(run, large, library("sg_ingress_cidr", Enforcement.ADVISORY));

        assertThat(decision(run).verdict()).isEqualTo(Verdict.BLOCK);
        assertThat(decision(run).reasons().getFirst()).contains("it is 300000000 bytes long", "needs more memory");
    }

    @Test
    void waitsForTheApiAndLosesNothing() throws InterruptedException {
        RunId run = run();
        api.failWith(503);
        ask(run, api.put(Plans.json("01-web-app")), library("sg_ingress_cidr", Enforcement.MANDATORY));
        Await.until("a try", PATIENCE, () -> api.requests() > 0);
        Thread.sleep(1_000);
        assertThat(bus.look(run)).isEmpty();

        api.failWith(200);

        assertThat(decision(run).verdict()).isEqualTo(Verdict.APPROVE);
    }

    @Test
    void answersADuplicateOnce() {
        RunId run = run();
        String event = UUID.randomUUID().toString();
        PlanCompleted fact = fact(run, api.put(Plans.json("01-web-app")), library("phi_access", Enforcement.MANDATORY));
        bus.tell(event, fact);
        bus.tell(event, fact);
        RunId after = run();
        bus.tell(event + "-2", fact(after, fact.plan(), fact.policySets().getFirst()));

        decision(run);
        decision(after);

        assertThat(stored(run)).hasSize(1);
        assertThat(bus.look(run)).hasSize(1);
    }

    @Test
    void aProposedSetIsTriedAndNothingOfTheRunFollows() {
        RunId blocked = run();
        RunId unusable = run();
        bus.tell(tried(blocked, "package acme\n\ndeny contains \"no\"\n"));
        bus.tell(tried(unusable, "package acme\n\ndeny {{"));

        TrialJudged answer = bus.trial(blocked);
        assertThat(answer.trial()).isEqualTo("ptrial-1111111111111111");
        assertThat(answer.verdict()).isEqualTo(Verdict.BLOCK);
        assertThat(answer.failed()).containsExactly("no");
        assertThat(answer.error()).isEmpty();
        assertThat(bus.trial(unusable).error().orElseThrow()).contains("p.rego");
        assertThat(stored(blocked)).isEmpty();
        assertThat(bus.look(blocked)).isEmpty();
    }

    private PlanTried tried(RunId run, String rego) {
        return new PlanTried(
                run,
                "ptrial-1111111111111111",
                api.put(Plans.json("01-web-app")),
                Plans.run(),
                bundle(api.put(TarGz.of(Map.of("p.rego", rego)))),
                Optional.empty(),
                Instant.EPOCH);
    }

    private static RunId run() {
        return Bus.newRun();
    }

    private static PolicySetRef library(String rule, Enforcement level) {
        return new PolicySetRef(
                "polset-1111111111111111",
                "standards",
                true,
                Optional.empty(),
                List.of(new PolicyRef(rule, Library.query(rule), level, Optional.empty())),
                Map.of());
    }

    private static PolicySetRef bundle(ArtifactRef bundle) {
        return new PolicySetRef(
                "polset-2222222222222222",
                "own",
                false,
                Optional.of(bundle),
                List.of(new PolicyRef("no", "data.acme.deny", Enforcement.HARD_MANDATORY, Optional.empty())),
                Map.of("who", com.fasterxml.jackson.databind.node.TextNode.valueOf("ada")));
    }

    private void ask(RunId run, ArtifactRef plan, PolicySetRef set) {
        bus.tell(fact(run, plan, set));
    }

    private static PlanCompleted fact(RunId run, ArtifactRef plan, PolicySetRef set) {
        return new PlanCompleted(run, plan, Plans.run(), List.of(set), List.of(), Instant.EPOCH);
    }

    private PolicyDecided decision(RunId run) {
        return bus.decision(run);
    }

    private List<String> stored(RunId run) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("select verdict from judgement where run_id = ?")) {
            query.setString(1, run.value());
            List<String> verdicts = new ArrayList<>();
            try (ResultSet row = query.executeQuery()) {
                while (row.next()) {
                    verdicts.add(row.getString(1));
                }
            }
            return verdicts;
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
