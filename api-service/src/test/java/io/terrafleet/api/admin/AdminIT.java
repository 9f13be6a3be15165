package io.terrafleet.api.admin;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.Tenant.Company;
import io.terrafleet.api.Tenant.Person;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class AdminIT {
    @Inject
    Tenant tenant;

    Person root;

    @BeforeEach
    void aSiteAdministrator() {
        root = tenant.siteAdministrator();
    }

    @Test
    void whoIsSuspendedGetsInWithNothingUntilTheyMay() {
        Person person = tenant.person();
        String address = "/api/v2/admin/users/" + person.principal().id();
        root.asks().post(address + "/actions/suspend").then().statusCode(200);
        person.asks().get("/api/v2/account/details").then().statusCode(401);
        root.asks()
                .get("/api/v2/admin/users?filter%5Bsuspended%5D=true&q="
                        + person.principal().name())
                .then()
                .body("data.id", contains(person.principal().id()));
        root.asks().post(address + "/actions/unsuspend").then().statusCode(200);
        person.asks().get("/api/v2/account/details").then().statusCode(200);
    }

    @Test
    void administratorsAreMadeAndUnmadeByOthersOnly() {
        Person person = tenant.person();
        String address = "/api/v2/admin/users/" + person.principal().id();
        person.asks().get("/api/v2/admin/users").then().statusCode(404);
        root.asks().post(address + "/actions/grant_admin").then().body("data.attributes.is-site-admin", equalTo(true));
        person.asks().get("/api/v2/admin/users").then().statusCode(200);
        root.asks().post(address + "/actions/revoke_admin").then().statusCode(200);
        person.asks().get("/api/v2/admin/users").then().statusCode(404);
        root.asks()
                .post("/api/v2/admin/users/" + root.principal().id() + "/actions/revoke_admin")
                .then()
                .statusCode(422);
    }

    @Test
    void aUserGoesUnlessAnOrganizationWouldBeLeftAlone() {
        Company company = tenant.company();
        root.asks()
                .delete("/api/v2/admin/users/" + company.owner().principal().id())
                .then()
                .statusCode(409);
        Person person = tenant.person();
        root.asks()
                .delete("/api/v2/admin/users/" + person.principal().id())
                .then()
                .statusCode(204);
        person.asks().get("/api/v2/account/details").then().statusCode(401);
    }

    @Test
    void everyOrganizationAndWorkspaceIsFound() {
        Company company = tenant.company();
        Workspace workspace = tenant.workspace(company);
        root.asks()
                .get("/api/v2/admin/organizations?q=" + company.name())
                .then()
                .body("data.attributes.name", contains(company.name()));
        root.asks()
                .get("/api/v2/admin/workspaces?q=" + company.name())
                .then()
                .body("data.id", contains(workspace.id().value()));
        root.asks()
                .get("/api/v2/admin/runs?q=" + company.name())
                .then()
                .statusCode(200)
                .body("data", empty());
        root.asks()
                .delete("/api/v2/admin/organizations/" + company.name())
                .then()
                .statusCode(409);
        root.asks().delete("/api/v2/admin/workspaces/" + workspace.id()).then().statusCode(204);
        root.asks()
                .delete("/api/v2/admin/organizations/" + company.name())
                .then()
                .statusCode(204);
        root.asks().get("/api/v2/admin/organizations/" + company.name()).then().statusCode(404);
    }
}
