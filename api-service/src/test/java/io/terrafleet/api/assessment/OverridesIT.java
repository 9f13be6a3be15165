package io.terrafleet.api.assessment;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasKey;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.terrafleet.api.RunTaker;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.Tenant.Person;
import io.terrafleet.api.access.Role;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.event.Enforcement;
import io.terrafleet.contracts.event.PolicyDecision.Outcome;
import io.terrafleet.contracts.event.PolicyDecision.PolicyDecided;
import io.terrafleet.contracts.event.PolicyDecision.SetOutcome;
import io.terrafleet.contracts.event.PolicyDecision.Violation;
import io.terrafleet.contracts.event.PolicySetRef.Terms;
import io.terrafleet.contracts.event.Verdict;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Who may override what a policy set blocks, how many it takes, and how it is shown: in the task stage and as a policy check. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class OverridesIT {
    private static final Instant WHEN = Instant.parse("2026-11-26T10:00:00Z");
    private static final String COMMIT = "9fceb02d0ae598e95dc970b74767f19372d61af8";

    @Inject
    Tenant tenant;

    @Inject
    RunTaker taker;

    @Inject
    Assessments assessments;

    Tenant.Company company;
    Workspace workspace;

    @BeforeEach
    void aWorkspace() {
        company = tenant.company();
        workspace = tenant.workspace(company);
        taker.configure(company, workspace);
    }

    @Test
    void aSetMayAskForTwoPeopleOfWhomNoneIsTheAuthor() {
        RunId run = blocked(set("strict", false, 2, false));
        Person second = tenant.member(company, Role.OWNER);
        Person third = tenant.member(company, Role.OWNER);
        Person reader = tenant.member(company, Role.READER);
        String stage = "task-stages/ts-" + tail(run);
        get(stage)
                .body("data.attributes.status", equalTo("awaiting_override"))
                .body("data.attributes.actions.is-overridable", equalTo(true))
                .body("data.attributes.approvals-needed", equalTo(2))
                .body("data.attributes.approvals", empty());

        override(reader, stage, "let me").statusCode(403);
        override(company.owner(), stage, "I made it")
                .statusCode(403)
                .body("errors[0].detail", containsString("started the run may not override"));
        override(second, stage, "seen with the team")
                .statusCode(200)
                .body("data.attributes.status", equalTo("running"))
                .body("data.attributes.actions.is-overridable", equalTo(false));
        get(stage)
                .body("data.attributes.status", equalTo("awaiting_override"))
                .body("data.attributes.actions.is-overridable", equalTo(true))
                .body("data.attributes.approvals-standing", containsString("1 of 2 approved"));
        get("policy-evaluations/poleval-" + tail(run) + "/policy-set-outcomes")
                .body(
                        "data[0].attributes.outcomes[0].description",
                        containsString("Override: 1 of 2 approved: "
                                + second.principal().name()
                                + " (seen with the team). Whoever has started the run may not approve it."));
        override(second, stage, "again").statusCode(409).body("errors[0].detail", containsString("1 more"));
        get("runs/" + run).body("data.attributes.status", equalTo("policy_override"));
        get(stage)
                .body("data.attributes.approvals", hasSize(1))
                .body("data.attributes.approvals[0].comment", equalTo("seen with the team"))
                .body(
                        "data.attributes.approvals[0].username",
                        equalTo(second.principal().name()));
        override(third, stage, "ticket 7").statusCode(200).body("data.attributes.status", equalTo("passed"));

        get("runs/" + run).body("data.attributes.status", equalTo("policy_checked"));
        get("runs/" + run + "/run-events")
                .body("data.attributes.action", org.hamcrest.Matchers.hasItems("override_approved", "overridden"));
        get("policy-evaluations/poleval-" + tail(run) + "/policy-set-outcomes")
                .body("data", hasSize(1))
                .body("data[0].attributes.commit-sha", equalTo(COMMIT))
                .body("data[0].attributes.required-approvals", equalTo(2));
        override(third, stage, "once more").statusCode(409);
    }

    @Test
    void aLegacySetIsAPolicyCheck() {
        RunId run = blocked(set("old", true, 1, true));
        String check = "policy-checks/polchk-" + tail(run);
        get("runs/" + run).body("data.relationships.policy-checks.data.id", contains("polchk-" + tail(run)));
        get("runs/" + run + "/policy-checks").body("data", hasSize(1));
        get(check)
                .body("data.attributes.status", equalTo("soft_failed"))
                .body("data.attributes.actions.is-overridable", equalTo(true))
                .body("data.attributes.permissions.can-override", equalTo(true))
                .body("data.attributes.status-timestamps", hasKey("soft-failed-at"))
                .body("data.attributes.status-timestamps", not(hasKey("passed-at")))
                .body("data.attributes.result.soft-failed", equalTo(1))
                .body("data.attributes.result.result", equalTo(false));
        get(check + "/output")
                .body(containsString("Policy set: old"))
                .body(containsString("deny (soft-mandatory): failed"))
                .body(containsString("aws_x.y: is not good"));
        get("task-stages/ts-" + tail(run)).body("data.attributes.status", equalTo("passed"));
        get("policy-evaluations/poleval-" + tail(run) + "/policy-set-outcomes").body("data", empty());
        override(company.owner(), "task-stages/ts-" + tail(run), "").statusCode(409);
        tenant.person().asks().get("/api/v2/" + check).then().statusCode(404);
        tenant.person().asks().get("/api/v2/" + check + "/output").then().statusCode(404);

        company.owner()
                .asks()
                .post("/api/v2/" + check + "/actions/override")
                .then()
                .statusCode(200)
                .body("data.attributes.status", equalTo("overridden"));

        get("runs/" + run).body("data.attributes.status", equalTo("policy_checked"));
        get(check)
                .body("data.attributes.status", equalTo("overridden"))
                .body("data.attributes.actions.is-overridable", equalTo(false));
    }

    @Test
    void aRunWaitsUntilBothPartsAreOverridden() {
        RunId run = blocked(set("old", true, 1, true), set("new", false, 1, true));
        String check = "policy-checks/polchk-" + tail(run);
        String stage = "task-stages/ts-" + tail(run);

        override(company.owner(), stage, "").statusCode(200);
        get("runs/" + run).body("data.attributes.status", equalTo("policy_override"));
        get(stage).body("data.attributes.status", equalTo("passed"));
        get(check).body("data.attributes.status", equalTo("soft_failed"));
        override(company.owner(), check, "").statusCode(200);

        get("runs/" + run).body("data.attributes.status", equalTo("policy_checked"));
    }

    @Test
    void aPolicyCheckSaysHowManyHaveApproved() {
        RunId run = blocked(set("old", true, 2, true));
        String check = "policy-checks/polchk-" + tail(run);
        get(check + "/output").body(containsString("Override: 0 of 2 approved."));

        override(company.owner(), check, "").statusCode(200).body("data.attributes.status", equalTo("soft_failed"));

        get(check + "/output").body(containsString("Override: 1 of 2 approved: "));
        get(check).body("data.attributes.approvals-standing", containsString("1 of 2 approved"));
    }

    @Test
    void aRunWithoutLegacySetsHasNoPolicyCheck() {
        RunId run = blocked(set("new", false, 1, true));

        get("runs/" + run + "/policy-checks").body("data", empty());
        company.owner()
                .asks()
                .get("/api/v2/policy-checks/polchk-" + tail(run))
                .then()
                .statusCode(404);
    }

    /** Sets of the workspace are what the api tells the judge of; what it answers is said here in its place. */
    private RunId blocked(SetOutcome... outcomes) {
        for (SetOutcome outcome : outcomes) {
            company.owner()
                    .asks()
                    .body("{\"data\":{\"attributes\":{\"name\":\"" + outcome.name()
                            + "\",\"kind\":\"opa\",\"global\":true,\"engine-url\":\"https://opa.example.com\",\"agent-enabled\":"
                            + !outcome.agreed().legacy() + "},\"relationships\":{\"policies\":{\"data\":[{\"id\":\""
                            + policy(outcome.name()) + "\"}]}}}}")
                    .post("/api/v2/organizations/" + company.name() + "/policy-sets")
                    .then()
                    .statusCode(201);
        }
        RunId run = taker.queued(company, workspace);
        String sha256 = taker.planned(run);
        taker.price(run, sha256);
        assessments.accept(
                "policy-" + run,
                new PolicyDecided(run, sha256, Verdict.BLOCK_OVERRIDABLE, List.of("no"), List.of(outcomes), 1, WHEN));
        return run;
    }

    private String policy(String name) {
        return company.owner()
                .asks()
                .body("{\"data\":{\"attributes\":{\"name\":\"" + name
                        + "\",\"kind\":\"opa\",\"query\":\"data.acme.deny\"}}}")
                .post("/api/v2/organizations/" + company.name() + "/policies")
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
    }

    private static SetOutcome set(String name, boolean legacy, int approvals, boolean authorMay) {
        Terms terms = new Terms(
                Optional.of("polsetver-1111111111111111"),
                Optional.of(COMMIT),
                true,
                true,
                legacy,
                approvals,
                authorMay,
                Optional.empty(),
                List.of(),
                Optional.empty());
        Outcome outcome = new Outcome(
                "deny",
                "data.acme.deny",
                Enforcement.MANDATORY,
                "failed",
                Optional.empty(),
                List.of(new Violation(Optional.of("aws_x.y"), "is not good", "fail")),
                1);
        return new SetOutcome(
                "polset-" + (name + "0000000000000000").substring(0, 16),
                name,
                Optional.empty(),
                List.of(outcome),
                Optional.of(terms));
    }

    private static String tail(RunId run) {
        return run.value().substring("run-".length());
    }

    private static ValidatableResponse override(Person person, String what, String comment) {
        return person.asks()
                .body("{\"comment\":\"" + comment + "\"}")
                .post("/api/v2/" + what + "/actions/override")
                .then();
    }

    private ValidatableResponse get(String path) {
        return company.owner().asks().get("/api/v2/" + path).then().statusCode(200);
    }
}
