package io.terrafleet.api.budget;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.access.Role;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.event.Budget;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class BudgetIT {
    @Inject
    Tenant tenant;

    @Inject
    Budgets budgets;

    @Inject
    Workspaces workspaces;

    Tenant.Company company;
    Workspace workspace;

    @BeforeEach
    void aWorkspace() {
        company = tenant.company();
        workspace = tenant.workspace(company);
    }

    @Test
    void isMadeChangedListedAndDeleted() {
        String id = create("\"name\":\"all\",\"maximum-monthly\":\"1000.50\",\"action\":\"approval\"", "")
                .statusCode(201)
                .body("data.type", equalTo("budgets"))
                .body("data.attributes.scope", equalTo("organization"))
                .body("data.attributes.maximum-monthly", equalTo("1000.50"))
                .body("data.attributes.maximum-increase", nullValue())
                .extract()
                .path("data.id");

        company.owner()
                .asks()
                .body(
                        "{\"data\":{\"attributes\":{\"maximum-monthly\":null,\"maximum-increase\":\"20\",\"action\":\"block\"}}}")
                .patch("/api/v2/budgets/" + id)
                .then()
                .statusCode(200)
                .body("data.attributes.maximum-monthly", nullValue())
                .body("data.attributes.maximum-increase", equalTo("20"))
                .body("data.attributes.action", equalTo("block"));
        company.owner()
                .asks()
                .get("/api/v2/organizations/" + company.name() + "/budgets")
                .then()
                .body("data", hasSize(1))
                .body("data[0].id", equalTo(id));
        company.owner().asks().delete("/api/v2/budgets/" + id).then().statusCode(204);
        company.owner().asks().get("/api/v2/budgets/" + id).then().statusCode(404);
    }

    @Test
    void percentagesMissingEstimatesAndApproversAreKept() {
        Tenant.Person member = tenant.member(company, Role.WRITER);
        String id = create(
                        "\"name\":\"growth\",\"maximum-percent\":\"12.5\",\"action\":\"approval\",\"without-estimate\":\"block\"",
                        approvers(member.principal().id()))
                .statusCode(201)
                .body("data.attributes.maximum-percent", equalTo("12.5"))
                .body("data.attributes.without-estimate", equalTo("block"))
                .body(
                        "data.relationships.approvers.data[0].id",
                        equalTo(member.principal().id()))
                .extract()
                .path("data.id");

        Budget budget = budgets.applicableTo(workspace).getFirst();
        assertThat(budget.maximumPercent())
                .hasValueSatisfying(most -> assertThat(most).isEqualByComparingTo("12.5"));
        assertThat(budget.withoutEstimate()).contains(Budget.Action.BLOCK);
        company.owner()
                .asks()
                .body(
                        "{\"data\":{\"attributes\":{\"name\":\"grows\"},\"relationships\":{\"approvers\":{\"data\":[]}}}}")
                .patch("/api/v2/budgets/" + id)
                .then()
                .statusCode(200)
                .body("data.attributes.maximum-percent", equalTo("12.50"))
                .body("data.relationships.approvers.data", hasSize(0));
        create(
                        "\"name\":\"x\",\"maximum-percent\":\"1\"",
                        approvers(tenant.person().principal().id()))
                .statusCode(422);
    }

    private static String approvers(String user) {
        return ",\"relationships\":{\"approvers\":{\"data\":[{\"type\":\"users\",\"id\":\"" + user + "\"}]}}";
    }

    @Test
    void aWorkspaceHasThoseOfItselfItsProjectAndItsOrganization() {
        Workspace other = tenant.workspace(company);
        create("\"name\":\"a\",\"maximum-monthly\":\"1\"", "").statusCode(201);
        create("\"name\":\"b\",\"maximum-monthly\":\"2\",\"scope\":\"project\"", on("project", workspace.projectId()))
                .statusCode(201)
                .body("data.relationships.project.data.id", equalTo(workspace.projectId()));
        create(
                        "\"name\":\"c\",\"maximum-increase\":\"3\"",
                        on("workspace", workspace.id().value()))
                .statusCode(201);
        create(
                        "\"name\":\"d\",\"maximum-increase\":\"4\"",
                        on("workspace", other.id().value()))
                .statusCode(201);

        assertThat(budgets.applicableTo(workspace)).extracting(Budget::name).containsExactly("a", "b", "c");
        assertThat(budgets.applicableTo(workspace))
                .extracting(Budget::scope)
                .containsExactly("organization", "project", "workspace");
        assertThat(budgets.applicableTo(workspace).getFirst().action()).isEqualTo(Budget.Action.WARN);
        workspaces.delete(other.id(), false);
        assertThat(budgets.count(company.id())).isEqualTo(3);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"maximum-monthly\":\"1\"",
                "\"name\":\"x\"",
                "\"name\":\"x\",\"maximum-monthly\":\"-1\"",
                "\"name\":\"x\",\"maximum-monthly\":\"1.234\"",
                "\"name\":\"x\",\"maximum-monthly\":\"1e9\"",
                "\"name\":\"x\",\"maximum-monthly\":1",
                "\"name\":\"x\",\"maximum-monthly\":\"1\",\"action\":\"shout\"",
                "\"name\":\"x\",\"maximum-monthly\":\"1\",\"scope\":\"workspace\""
            })
    void badOnesAreTold(String attributes) {
        create(attributes, "").statusCode(422);
        assertThat(budgets.count(company.id())).isZero();
    }

    @Test
    void aBodyThatIsNestedTooDeeplyIsABadRequest() {
        create("\"name\":" + "[".repeat(500), "").statusCode(400);
    }

    @Test
    void foreignTargetsAndStrangersAreRefused() {
        Tenant.Company other = tenant.company();
        create(
                        "\"name\":\"x\",\"maximum-monthly\":\"1\"",
                        on("workspace", tenant.workspace(other).id().value()))
                .statusCode(422);
        create("\"name\":\"x\",\"maximum-monthly\":\"1\"", on("project", "prj-0000000000000000"))
                .statusCode(422);
        String id = create("\"name\":\"x\",\"maximum-monthly\":\"1\"", "")
                .statusCode(201)
                .extract()
                .path("data.id");
        create("\"name\":\"X\",\"maximum-monthly\":\"1\"", "").statusCode(422);
        other.owner().asks().get("/api/v2/budgets/" + id).then().statusCode(404);
        tenant.member(company, Role.WRITER)
                .asks()
                .delete("/api/v2/budgets/" + id)
                .then()
                .statusCode(403);
    }

    private ValidatableResponse create(String attributes, String relationships) {
        return company.owner()
                .asks()
                .body("{\"data\":{\"type\":\"budgets\",\"attributes\":{" + attributes + "}" + relationships + "}}")
                .post("/api/v2/organizations/" + company.name() + "/budgets")
                .then();
    }

    private static String on(String relationship, String id) {
        return ",\"relationships\":{\"" + relationship + "\":{\"data\":{\"type\":\"" + relationship + "s\",\"id\":\""
                + id + "\"}}}";
    }
}
