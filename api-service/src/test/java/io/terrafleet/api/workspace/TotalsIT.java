package io.terrafleet.api.workspace;

import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.Tenant.Company;
import io.terrafleet.api.Tenant.Person;
import io.terrafleet.api.access.WorkspaceAccess;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The totals of lists of workspaces, of which most are kept and not counted. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class TotalsIT {
    @Inject
    Tenant tenant;

    private Company company;
    private Person owner;
    private Workspace first;
    private Workspace second;
    private String shop;

    @BeforeEach
    void threeWorkspacesAndAProject() {
        company = tenant.company();
        owner = company.owner();
        first = tenant.workspace(company);
        second = tenant.workspace(company);
        tenant.workspace(company);
        shop = owner.asks()
                .body("{\"data\":{\"type\":\"projects\",\"attributes\":{\"name\":\"shop\"}}}")
                .post("/api/v2/organizations/" + company.name() + "/projects")
                .then()
                .statusCode(201)
                .extract()
                .path("data.id");
    }

    /** With pages of one, so that no page tells the total by itself. */
    private void total(Person who, String filter, int wanted) {
        who.asks()
                .get("/api/v2/organizations/" + company.name() + "/workspaces?page[size]=1" + filter)
                .then()
                .statusCode(200)
                .body("data", hasSize(Math.min(1, wanted)))
                .body("meta.pagination.total-count", equalTo(wanted))
                .body("meta.pagination.total-pages", equalTo(Math.max(1, wanted)));
    }

    private void move(Workspace workspace, String project) {
        owner.asks()
                .body(
                        "{\"data\":{\"type\":\"workspaces\",\"relationships\":{\"project\":{\"data\":{\"type\":\"projects\",\"id\":\""
                                + project + "\"}}}}}")
                .patch("/api/v2/workspaces/" + workspace.id())
                .then()
                .statusCode(200);
    }

    @Test
    void followWorkspacesAsTheyComeMoveAndGo() {
        String standard = tenant.standardProject(company);
        total(owner, "", 3);
        total(owner, "&filter[project][id]=" + standard, 3);
        total(owner, "&filter[project][id]=" + shop, 0);
        move(first, shop);
        total(owner, "", 3);
        total(owner, "&filter[project][id]=" + standard, 2);
        total(owner, "&filter[project][id]=" + shop, 1);
        owner.asks().delete("/api/v2/workspaces/" + first.id()).then().statusCode(204);
        total(owner, "", 2);
        total(owner, "&filter[project][id]=" + shop, 0);
        total(owner, "&filter[project][id]=prj-ofsomebodyelse00", 0);
    }

    @Test
    void countOnlyWhatTheCallerSees() {
        move(first, shop);
        Person guest = tenant.guest(company, second, WorkspaceAccess.READ);
        total(guest, "", 1);
        total(guest, "&filter[project][id]=" + shop, 0);
        Person maintainer = tenant.maintainer(company, shop);
        total(maintainer, "", 1);
        total(maintainer, "&filter[project][id]=" + shop, 1);
        tenant.company()
                .owner()
                .asks()
                .get("/api/v2/organizations/" + company.name() + "/workspaces")
                .then()
                .statusCode(404);
    }

    @Test
    void countTagsInTheirOrganizationOnly() {
        for (Workspace workspace : new Workspace[] {first, second}) {
            owner.asks()
                    .body("{\"data\":[{\"type\":\"tag-bindings\",\"attributes\":{\"key\":\"env\",\"value\":\""
                            + (workspace.equals(first) ? "prod" : "test") + "\"}}]}")
                    .patch("/api/v2/workspaces/" + workspace.id() + "/tag-bindings")
                    .then()
                    .statusCode(200);
        }
        total(owner, "&search[tags]=env", 2);
        total(owner, "&filter[tagged][0][key]=env&filter[tagged][0][value]=prod", 1);
        total(owner, "&search[tags]=env&search[exclude-tags]=env", 0);
        total(owner, "&search[tags]=env&search[name]=" + second.name(), 1);
        total(owner, "&search[tags]=other", 0);
    }
}
