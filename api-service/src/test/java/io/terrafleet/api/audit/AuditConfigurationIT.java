package io.terrafleet.api.audit;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;
import static org.hamcrest.Matchers.hasItems;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.Tenant.Company;
import io.terrafleet.api.access.Role;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class AuditConfigurationIT {
    @Inject
    Tenant tenant;

    @Test
    void theTrailIsReadUntilItsOwnersSwitchThatOff() {
        Company company = tenant.company();
        String address = "/api/v2/organizations/" + company.name() + "/audit-configuration";
        String trail = "/api/v2/organization/audit-trail?organization=" + company.name();
        company.owner()
                .asks()
                .get(address)
                .then()
                .statusCode(200)
                .body("data.type", equalTo("audit-configurations"))
                .body("data.attributes.audit-trails.enabled", equalTo(true))
                .body("data.relationships.organization.data.id", equalTo(company.name()));
        company.owner()
                .asks()
                .header("X-Request-Id", "req-1")
                .post(address + "/test")
                .then()
                .statusCode(200)
                .body("request-id", equalTo("req-1"));
        company.owner()
                .asks()
                .get(trail)
                .then()
                .statusCode(200)
                .body("data.resource.type", hasItem("audit_configuration"))
                .body("data.request.id", hasItems("req-1"));
        set(company, address, "{\"audit-trails\":{\"enabled\":false}}", 200);
        company.owner().asks().get(trail).then().statusCode(403);
        set(company, address, "{\"audit-trails\":{\"enabled\":true}}", 200);
        company.owner().asks().get(trail).then().statusCode(200);
        set(company, address, "{\"hcp-audit-log-streaming\":{\"enabled\":true}}", 422);
        set(company, address, "{\"audit-trails\":true}", 422);
        tenant.member(company, Role.WRITER).asks().get(address).then().statusCode(403);
        tenant.person().asks().get(address).then().statusCode(404);
    }

    @Test
    void whoAsksForAddressesIsToldWhatTheOperatorKnows() {
        String answer = RestAssured.get("/api/meta/ip-ranges")
                .then()
                .statusCode(200)
                .body("vcs.size()", equalTo(0))
                .extract()
                .asString();
        org.hamcrest.MatcherAssert.assertThat(answer, containsString("notifications"));
    }

    private static void set(Company company, String address, String attributes, int status) {
        company.owner()
                .asks()
                .body("{\"data\":{\"attributes\":" + attributes + "}}")
                .patch(address)
                .then()
                .statusCode(status);
    }
}
