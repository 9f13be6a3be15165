package io.terrafleet.api.assessment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.terrafleet.api.RunTaker;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.access.Role;
import io.terrafleet.api.access.WorkspaceAccess;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.event.Budget;
import io.terrafleet.contracts.event.CostDecision.BudgetOutcome;
import io.terrafleet.contracts.event.Verdict;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class OverrideIT {
    @Inject
    Tenant tenant;

    @Inject
    RunTaker taker;

    Tenant.Company company;
    Workspace workspace;
    Tenant.Person approver;

    @BeforeEach
    void somebodyWhoApproves() {
        company = tenant.company();
        workspace = tenant.workspace(company);
        taker.configure(company, workspace);
        approver = tenant.guest(company, workspace, WorkspaceAccess.READ);
    }

    @Test
    void aBudgetIsApprovedByItsApproverWithAReason() {
        RunId run = blocked(budget(approver), Verdict.APPROVE);

        override(tenant.member(company, Role.WRITER), run, "please")
                .statusCode(403)
                .body("errors[0].detail", containsString("none of the approvers"));
        override(approver, run, " ").statusCode(422).body("errors[0].detail", containsString("Say why"));
        assertThat(taker.find(run).status()).isEqualTo("policy_override");
        override(approver, run, "agreed with finance").statusCode(200);

        assertThat(taker.find(run).status()).isNotEqualTo("policy_override");
        company.owner()
                .asks()
                .get("/api/v2/runs/" + run + "/run-events")
                .then()
                .statusCode(200)
                .body("data.attributes.description", hasItem(containsString("agreed with finance")));
    }

    @Test
    void whatAPolicyBlocksTooNeedsThePermissionAsWell() {
        RunId run = blocked(budget(approver), Verdict.BLOCK_OVERRIDABLE);

        override(approver, run, "cheap").statusCode(403);
        override(company.owner(), run, "the owner may").statusCode(200);
    }

    @Test
    void aBudgetWithoutApproversIsLikeAPolicy() {
        RunId run = blocked(budget(), Verdict.APPROVE);

        override(approver, run, "no").statusCode(403);
        override(tenant.person(), run, "no").statusCode(404);
        override(company.owner(), run, "").statusCode(200);
    }

    /** Clients that know nothing of budgets show them as a policy set with its reasons. */
    @Test
    void aBudgetIsShownAsThePolicySetThatItIsLike() {
        RunId run = blocked(budget(approver), Verdict.APPROVE);
        String tail = run.value().substring("run-".length());

        company.owner()
                .asks()
                .get("/api/v2/policy-evaluations/poleval-" + tail)
                .then()
                .statusCode(200)
                .body("data.attributes.status", equalTo("failed"))
                .body("data.attributes.result-count.mandatory-failed", equalTo(1));
        company.owner()
                .asks()
                .get("/api/v2/policy-evaluations/poleval-" + tail + "/policy-set-outcomes")
                .then()
                .statusCode(200)
                .body("data.attributes.policy-set-name", hasItem("budgets"));
        company.owner()
                .asks()
                .get("/api/v2/policy-set-outcomes/budout-" + tail)
                .then()
                .statusCode(200)
                .body("data.attributes.overridable", equalTo(true))
                .body("data.attributes.outcomes[0].policy_name", equalTo("shop"))
                .body("data.attributes.outcomes[0].enforcement_level", equalTo("mandatory"))
                .body("data.attributes.outcomes[0].status", equalTo("failed"))
                .body("data.attributes.outcomes[0].description", equalTo("It is exceeded."));
        tenant.person()
                .asks()
                .get("/api/v2/policy-set-outcomes/budout-" + tail)
                .then()
                .statusCode(404);
    }

    private RunId blocked(String budget, Verdict policy) {
        RunId run = taker.queued(company, workspace);
        BudgetOutcome exceeded = new BudgetOutcome(budget, "shop", true, Budget.Action.APPROVAL, "It is exceeded.");
        taker.plan(run, Verdict.BLOCK_OVERRIDABLE, List.of(exceeded), policy);
        return run;
    }

    private String budget(Tenant.Person... approvers) {
        String users = String.join(
                ",",
                List.of(approvers).stream()
                        .map(who -> "{\"type\":\"users\",\"id\":\""
                                + who.principal().id() + "\"}")
                        .toList());
        return company.owner()
                .asks()
                .body("{\"data\":{\"type\":\"budgets\",\"attributes\":{\"name\":\"shop\",\"maximum-percent\":\"10\","
                        + "\"action\":\"approval\"},\"relationships\":{\"approvers\":{\"data\":[" + users + "]}}}}")
                .post("/api/v2/organizations/" + company.name() + "/budgets")
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
    }

    private static ValidatableResponse override(Tenant.Person who, RunId run, String reason) {
        return who.asks()
                .body("{\"comment\":\"" + reason + "\"}")
                .post("/api/v2/task-stages/" + run.value().replace("run-", "ts-") + "/actions/override")
                .then();
    }
}
