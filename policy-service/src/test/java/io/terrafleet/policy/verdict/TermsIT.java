package io.terrafleet.policy.verdict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.groups.Tuple.tuple;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.agroal.api.AgroalDataSource;
import io.quarkus.agroal.DataSource;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.WorkspaceId;
import io.terrafleet.contracts.event.Enforcement;
import io.terrafleet.contracts.event.PolicyDecision.Outcome;
import io.terrafleet.contracts.event.PolicyDecision.PolicyDecided;
import io.terrafleet.contracts.event.PolicyDecision.SetOutcome;
import io.terrafleet.contracts.event.PolicyDecision.Violation;
import io.terrafleet.contracts.event.PolicySetRef;
import io.terrafleet.contracts.event.PolicySetRef.PolicyRef;
import io.terrafleet.contracts.event.PolicySetRef.Terms;
import io.terrafleet.contracts.event.RunEvent.PlanCompleted;
import io.terrafleet.contracts.event.RunEvent.PlanPriced;
import io.terrafleet.contracts.event.RunEvent.RunFinished;
import io.terrafleet.contracts.event.Verdict;
import io.terrafleet.policy.ArtifactServer;
import io.terrafleet.policy.ArtifactServerResource;
import io.terrafleet.policy.OpaServer;
import io.terrafleet.policy.Plans;
import io.terrafleet.policy.library.Library;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.PlatformResource;
import io.terrafleet.testkit.TarGz;
import jakarta.inject.Inject;
import java.math.BigDecimal;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Sets that wait for the cost, that say by convention what to ask, that name an engine, that know secrets. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@QuarkusTestResource(value = ArtifactServerResource.class, restrictToAnnotatedClass = true)
@SuppressWarnings("NullAway.Init")
class TermsIT {
    private static final String DEAR =
            """
            package money

            deny contains sprintf("costs %v a month more", [input.cost.delta_monthly_cost]) if {
            \tinput.cost.delta_monthly_cost > 100
            }
            """;
    private static final Terms USUAL = Terms.USUAL;

    ArtifactServer api;

    @Inject
    @Identifier("default-kafka-broker")
    Map<String, Object> kafka;

    @Inject
    @DataSource("policy")
    AgroalDataSource dataSource;

    private Bus bus;

    @BeforeEach
    void connect() {
        api.failWith(200);
        bus = new Bus(Objects.requireNonNull(kafka.get("bootstrap.servers")));
    }

    @AfterEach
    void disconnect() {
        bus.close();
    }

    @Test
    void whatReadsTheCostIsJudgedAfterTheEstimateAndTheRestAtOnce() {
        RunId run = Bus.newRun();
        PlanCompleted plan = plan(
                run,
                set("dear", DEAR, "data.money.deny", USUAL),
                set("calm", "package calm\n\ndeny contains \"x\" if input.run.is_destroy\n", "data.calm.deny", USUAL));
        bus.tell(plan);
        Await.until("the question is open", Duration.ofSeconds(20), () -> open(run) == 1);
        assertThat(bus.look(run)).isEmpty();

        bus.tell(priced(plan, Optional.of("250.50")));

        PolicyDecided decision = bus.decision(run);
        assertThat(decision.verdict()).isEqualTo(Verdict.BLOCK);
        assertThat(decision.reasons()).containsExactly("dear: costs 250.5 a month more");
        assertThat(decision.sets()).extracting(SetOutcome::name).containsExactly("dear", "calm");
        assertThat(open(run)).isZero();
        bus.tell(priced(plan, Optional.of("0")));
        RunId after = Bus.newRun();
        bus.tell(plan(after));
        bus.decision(after);
        assertThat(bus.look(run)).hasSize(1);
    }

    @Test
    void anUnpricedPlanPassesNothingThatReadsTheCost() {
        RunId run = Bus.newRun();
        PlanCompleted plan = plan(run, set("dear", DEAR, "data.money.deny", USUAL));
        bus.tell(plan);
        bus.tell(priced(plan, Optional.empty()));

        PolicyDecided decision = bus.decision(run);

        assertThat(decision.verdict()).isEqualTo(Verdict.BLOCK_OVERRIDABLE);
        assertThat(decision.reasons())
                .containsExactly("dear: the plan has no cost estimate: skipped_due_to_targeting (undecided)");
    }

    @Test
    void aPriceThatNeverComesEndsClosed() throws SQLException {
        RunId run = Bus.newRun();
        bus.tell(plan(run, set("dear", DEAR, "data.money.deny", USUAL)));
        Await.until("the question is open", Duration.ofSeconds(20), () -> open(run) == 1);
        try (Connection connection = dataSource.getConnection();
                PreparedStatement row = connection.prepareStatement(
                        "update open_question set deadline = '2000-01-01Z' where run_id = ?")) {
            row.setString(1, run.value());
            row.executeUpdate();
        }

        PolicyDecided decision = bus.decision(run);

        assertThat(decision.verdict()).isEqualTo(Verdict.BLOCK);
        assertThat(decision.reasons().getFirst())
                .startsWith("policy set dear cannot be judged: it reads input.cost, and no cost estimate came within");
    }

    @Test
    void aRunThatEndedIsNotAskedAbout() {
        RunId run = Bus.newRun();
        bus.tell(plan(run, set("dear", DEAR, "data.money.deny", USUAL)));
        Await.until("the question is open", Duration.ofSeconds(20), () -> open(run) == 1);

        bus.tell(new RunFinished(run, new WorkspaceId("ws-1111111111111111"), "acme", "canceled", Instant.EPOCH));

        Await.until("the question is dropped", Duration.ofSeconds(20), () -> open(run) == 0);
        assertThat(bus.look(run)).isEmpty();
    }

    /** Written for conftest, in the older language and without a word of what to ask. */
    @Test
    void conftestPackagesAreAcceptedAsTheyAre() {
        String rego =
                """
                package main

                deny[msg] {
                \tinput.resource_changes[_].type == "aws_instance"
                \tmsg := "no machines"
                }

                warn_names[{"msg": msg}] {
                \tmsg := "names are short"
                }

                violation[{"msg": "never", "details": {}}] {
                \tinput.run.is_destroy
                }
                """;
        RunId run = Bus.newRun();
        PolicySetRef set = new PolicySetRef(
                "polset-1111111111111111",
                "conftest",
                false,
                Optional.of(bundle(rego)),
                List.of(),
                Map.of(),
                Optional.of(terms(Optional.empty(), List.of(), Optional.empty())));
        bus.tell(plan(run, set));

        PolicyDecided decision = bus.decision(run);

        assertThat(decision.verdict()).isEqualTo(Verdict.BLOCK_OVERRIDABLE);
        assertThat(decision.sets().getFirst().outcomes())
                .extracting(Outcome::policy, Outcome::enforcement, Outcome::status)
                .containsExactly(
                        tuple("main.deny", Enforcement.MANDATORY, "failed"),
                        tuple("main.violation", Enforcement.MANDATORY, "passed"),
                        tuple("main.warn_names", Enforcement.ADVISORY, "failed"));
        assertThat(decision.sets().getFirst().terms()).contains(set.agreed());
    }

    @Test
    void optionalRulesOfTheLibraryAreTurnedOnByOneParameter() {
        RunId named = Bus.newRun();
        RunId levelled = Bus.newRun();
        RunId unknown = Bus.newRun();
        bus.tell(plan(named, library("[\"required_tags\"]")));
        bus.tell(plan(levelled, library("{\"destroy_guard\": \"hard-mandatory\", \"required_tags\": \"advisory\"}")));
        bus.tell(plan(unknown, library("[\"no_such_rule\"]")));

        assertThat(bus.decision(named).sets().getFirst().outcomes())
                .extracting(Outcome::policy, Outcome::enforcement)
                .containsExactly(
                        tuple("sg_ingress_cidr", Enforcement.ADVISORY), tuple("required_tags", Enforcement.MANDATORY));
        assertThat(bus.decision(levelled).sets().getFirst().outcomes())
                .extracting(Outcome::policy, Outcome::enforcement)
                .containsExactly(
                        tuple("sg_ingress_cidr", Enforcement.ADVISORY),
                        tuple("destroy_guard", Enforcement.HARD_MANDATORY),
                        tuple("required_tags", Enforcement.ADVISORY));
        assertThat(bus.decision(unknown).sets().getFirst().error())
                .hasValueSatisfying(why -> assertThat(why).contains("no optional rule \"no_such_rule\""));
    }

    private static PolicySetRef library(String optional) {
        try {
            return new PolicySetRef(
                    "polset-1111111111111111",
                    "standards",
                    true,
                    Optional.empty(),
                    List.of(new PolicyRef(
                            "sg_ingress_cidr",
                            Library.query("sg_ingress_cidr"),
                            Enforcement.ADVISORY,
                            Optional.empty())),
                    Map.of(Library.OPTIONAL_RULES, Json.mapper().readTree(optional)));
        } catch (JsonProcessingException e) {
            throw new AssertionError(e);
        }
    }

    @Test
    void aBundleWithNothingToAskIsClosed() {
        RunId run = Bus.newRun();
        bus.tell(plan(
                run,
                new PolicySetRef(
                        "polset-1111111111111111",
                        "empty",
                        false,
                        Optional.of(bundle("package main\n\nallow := true\n")),
                        List.of(),
                        Map.of())));

        assertThat(bus.decision(run).verdict()).isEqualTo(Verdict.BLOCK);
        assertThat(bus.decision(run).reasons().getFirst()).contains("no rule named deny, violation or warn");
    }

    @Test
    void anEngineElsewhereIsAskedWithTheCostAndItsTokenStaysSecret() {
        try (OpaServer server = new OpaServer(DEAR)) {
            server.demand("opa-secret-token");
            ArtifactRef secrets = api.put("{\"engine_token\": \"opa-secret-token\"}".getBytes(StandardCharsets.UTF_8));
            RunId run = Bus.newRun();
            PlanCompleted plan = plan(
                    run,
                    new PolicySetRef(
                            "polset-1111111111111111",
                            "elsewhere",
                            false,
                            Optional.empty(),
                            List.of(policy("dear", "data.money.deny")),
                            Map.of(),
                            Optional.of(terms(Optional.of(server.url()), List.of(), Optional.of(secrets)))));
            bus.tell(plan);
            bus.tell(priced(plan, Optional.of("101")));

            assertThat(bus.decision(run).reasons()).containsExactly("dear: costs 101 a month more");
        }
    }

    @Test
    void anEngineThatReadsNoCostIsAskedAtOnce() {
        try (OpaServer server = new OpaServer("package calm\n\ndeny contains \"no\" if input.cost == null\n")) {
            Terms blind = new Terms(
                    Optional.empty(),
                    Optional.empty(),
                    true,
                    true,
                    false,
                    1,
                    true,
                    Optional.of(server.url()),
                    List.of(),
                    Optional.empty(),
                    Optional.of(false));
            RunId run = Bus.newRun();
            bus.tell(plan(
                    run,
                    new PolicySetRef(
                            "polset-1111111111111111",
                            "elsewhere",
                            false,
                            Optional.empty(),
                            List.of(policy("calm", "data.calm.deny")),
                            Map.of(),
                            Optional.of(blind))));

            assertThat(bus.decision(run).reasons()).containsExactly("calm: no");
        }
    }

    @Test
    void aSetReachesOutsideOnlyAsFarAsItIsAllowedAndTellsNoSecret() {
        try (OpaServer server = new OpaServer("package approvals\n\napproved := false\n")) {
            String rego = "package out\n\ndeny contains sprintf(\"not approved for %s\", [data.params.who]) if {\n"
                    + "\tanswer := http.send({\"method\": \"post\", \"body\": {\"input\": {}}, \"url\": \""
                    + server.url()
                    + "v1/data/approvals/approved\"})\n\tnot answer.body.result\n}\n";
            ArtifactRef secrets = api.put("{\"who\": \"hunter2-hunter2\"}".getBytes(StandardCharsets.UTF_8));
            RunId allowed = Bus.newRun();
            RunId refused = Bus.newRun();
            bus.tell(plan(
                    allowed,
                    set(
                            "out",
                            rego,
                            "data.out.deny",
                            terms(Optional.empty(), List.of("http.send"), Optional.of(secrets)))));
            bus.tell(plan(
                    refused,
                    set("out", rego, "data.out.deny", terms(Optional.empty(), List.of(), Optional.of(secrets)))));

            assertThat(bus.decision(allowed).reasons()).containsExactly("out: not approved for (sensitive)");
            Outcome outcome = bus.decision(refused).sets().getFirst().outcomes().getFirst();
            assertThat(outcome.status()).isEqualTo("errored");
            assertThat(outcome.violations())
                    .extracting(Violation::message)
                    .first()
                    .asString()
                    .contains("http.send")
                    .contains("allowed by name");
        }
    }

    private static Terms terms(Optional<URI> engine, List<String> functions, Optional<ArtifactRef> secrets) {
        return new Terms(Optional.empty(), Optional.empty(), true, true, false, 1, true, engine, functions, secrets);
    }

    private PolicySetRef set(String name, String rego, String query, Terms terms) {
        return new PolicySetRef(
                "polset-" + (name + "0000000000000000").substring(0, 16),
                name,
                false,
                Optional.of(bundle(rego)),
                List.of(policy(name, query)),
                Map.of(),
                Optional.of(terms));
    }

    private static PolicyRef policy(String name, String query) {
        return new PolicyRef(name, query, Enforcement.HARD_MANDATORY, Optional.empty());
    }

    private ArtifactRef bundle(String rego) {
        return api.put(TarGz.of(Map.of("p.rego", rego)));
    }

    private PlanCompleted plan(RunId run, PolicySetRef... sets) {
        return new PlanCompleted(
                run, api.put(Plans.json("01-web-app")), Plans.run(), List.of(sets), List.of(), Instant.EPOCH);
    }

    private static PlanPriced priced(PlanCompleted plan, Optional<String> delta) {
        return new PlanPriced(
                plan.run(),
                plan.plan().sha256(),
                delta.map(amount -> BigDecimal.ZERO),
                delta.map(BigDecimal::new),
                delta.map(BigDecimal::new),
                delta.isPresent() ? Optional.empty() : Optional.of("skipped_due_to_targeting"),
                Instant.EPOCH);
    }

    private int open(RunId run) {
        try (Connection connection = dataSource.getConnection();
                PreparedStatement query =
                        connection.prepareStatement("select count(*) from open_question where run_id = ?")) {
            query.setString(1, run.value());
            try (ResultSet row = query.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        } catch (SQLException e) {
            throw new AssertionError(e);
        }
    }
}
