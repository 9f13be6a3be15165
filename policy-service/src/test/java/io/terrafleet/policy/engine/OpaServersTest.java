package io.terrafleet.policy.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.TextNode;
import io.terrafleet.contracts.event.Enforcement;
import io.terrafleet.contracts.event.PolicyDecision.Outcome;
import io.terrafleet.contracts.event.PolicyDecision.SetOutcome;
import io.terrafleet.contracts.event.PolicyDecision.Violation;
import io.terrafleet.contracts.event.PolicySetRef;
import io.terrafleet.contracts.event.PolicySetRef.PolicyRef;
import io.terrafleet.policy.OpaServer;
import io.terrafleet.policy.Plans;
import io.terrafleet.policy.evaluation.Evaluation;
import io.terrafleet.policy.evaluation.Subject;
import io.terrafleet.rego.RegoCompiler;
import io.terrafleet.rego.RegoModule;
import io.terrafleet.rego.evaluation.Limits;
import io.terrafleet.rego.value.Value;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class OpaServersTest {
    private static final String REGO =
            """
            package acme

            deny contains {"message": sprintf("%s owns no %s", [input.params.owner, change.type]), "address": change.address} if {
            \tsome change in input.plan.resource_changes
            \tchange.type == "aws_instance"
            }

            late contains {"message": "who knows", "verdict": "undecided"} if input.run.workspace.name == "shop"

            quiet contains "never" if input.run.is_destroy

            broken := 1 if input.plan

            broken := 2 if input.run
            """;

    private static final String PLAN =
            """
            {"format_version": "1.2", "resource_changes": [
              {"address": "aws_instance.web", "type": "aws_instance", "name": "web", "change": {"actions": ["create"]}}]}
            """;

    private final Subject subject = Subject.of(Value.fromJson(PLAN), Plans.run());

    @Test
    void sameInputsSameOutcomes() {
        PolicySetRef set = set("deny", "late", "quiet");
        SetOutcome here = Evaluation.judge(
                subject, set, RegoCompiler.compile(List.of(RegoModule.parse("acme.rego", REGO))), Limits.DEFAULT);

        try (OpaServer server = new OpaServer(REGO);
                OpaServers servers = new OpaServers(Duration.ofSeconds(5), true)) {
            assertThat(ask(servers, server.url(), set, Optional.empty())).isEqualTo(here);
        }
        assertThat(here.outcomes()).extracting(Outcome::status).containsExactly("failed", "undecided", "passed");
        assertThat(here.outcomes().getFirst().violations())
                .containsExactly(new Violation(Optional.of("aws_instance.web"), "ada owns no aws_instance", "fail"));
    }

    @Test
    void whatItDoesNotKnowOrCannotEvaluateIsErrored() {
        try (OpaServer server = new OpaServer(REGO);
                OpaServers servers = new OpaServers(Duration.ofSeconds(5), true)) {
            SetOutcome outcome = ask(servers, server.url(), set("missing", "broken"), Optional.empty());

            assertThat(outcome.outcomes()).extracting(Outcome::status).containsOnly("errored");
            assertThat(message(outcome, 0)).contains("undefined");
            assertThat(message(outcome, 1))
                    .contains("the engine answered 500: ")
                    .contains("acme");
        }
    }

    /** The plan has no price; the server is asked all the same, so that what it objects to is told. */
    @Test
    void whatMayReadTheCostPassesNoPlanWithoutOne() {
        PolicySetRef set = set("deny", "quiet");
        try (OpaServer server = new OpaServer(REGO);
                OpaServers servers = new OpaServers(Duration.ofSeconds(5), true)) {
            SetOutcome outcome = Evaluation.judge(
                    subject, set, servers.at(server.url(), subject.inputFor(set), Optional.empty(), true), 200);

            assertThat(outcome.outcomes()).extracting(Outcome::status).containsExactly("failed", "undecided");
            assertThat(message(outcome, 1)).isEqualTo("the plan is judged without a cost estimate");
        }
    }

    @Test
    void itIsShownTheToken() {
        try (OpaServer server = new OpaServer(REGO);
                OpaServers servers = new OpaServers(Duration.ofSeconds(5), true)) {
            server.demand("s3cret");

            assertThat(ask(servers, server.url(), set("quiet"), Optional.of("s3cret"))
                            .outcomes())
                    .extracting(Outcome::status)
                    .containsExactly("passed");
            assertThat(message(ask(servers, server.url(), set("quiet"), Optional.empty()), 0))
                    .contains("the engine answered 401: request rejected by administrative policy");
        }
    }

    @Test
    void silenceIsClosedAndWaitedForOnce() {
        try (OpaServer server = new OpaServer(REGO);
                OpaServers servers = new OpaServers(Duration.ofSeconds(2), true)) {
            server.hang();
            long start = System.nanoTime();
            SetOutcome outcome = ask(servers, server.url(), set("deny", "late", "quiet"), Optional.empty());

            assertThat(outcome.outcomes()).extracting(Outcome::status).containsOnly("errored");
            assertThat(message(outcome, 2)).contains("no whole answer");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofMillis(3_900));
        }
    }

    @Test
    void nobodyListeningIsClosed() {
        try (OpaServers servers = new OpaServers(Duration.ofSeconds(5), true)) {
            SetOutcome outcome = ask(servers, URI.create("http://127.0.0.1:1"), set("quiet"), Optional.empty());

            assertThat(message(outcome, 0)).contains("cannot be reached");
        }
    }

    @Test
    void privateAddressesAreNotAsked() {
        try (OpaServer server = new OpaServer(REGO);
                OpaServers servers = new OpaServers(Duration.ofSeconds(5), false)) {
            SetOutcome outcome = ask(servers, server.url(), set("quiet"), Optional.empty());

            assertThat(outcome.outcomes().getFirst().status()).isEqualTo("errored");
            assertThat(message(outcome, 0)).contains("not on the public internet");
        }
    }

    private SetOutcome ask(OpaServers servers, URI base, PolicySetRef set, Optional<String> token) {
        return Evaluation.judge(subject, set, servers.at(base, subject.inputFor(set), token, false), 200);
    }

    private static String message(SetOutcome outcome, int policy) {
        return outcome.outcomes().get(policy).violations().getFirst().message();
    }

    private static PolicySetRef set(String... rules) {
        List<PolicyRef> policies = Stream.of(rules)
                .map(rule -> new PolicyRef(rule, "data.acme." + rule, Enforcement.MANDATORY, Optional.empty()))
                .toList();
        return new PolicySetRef(
                "polset-1", "acme", false, Optional.empty(), policies, Map.of("owner", TextNode.valueOf("ada")));
    }
}
