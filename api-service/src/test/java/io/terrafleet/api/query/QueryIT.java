package io.terrafleet.api.query;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class QueryIT {
    @Inject
    Tenant tenant;

    @Test
    void aQueryIsRefusedWithItsReasonAndThereAreNone() {
        Tenant.Company company = tenant.company();
        Workspace workspace = tenant.workspace(company);
        String body = "{\"data\":{\"relationships\":{\"workspace\":{\"data\":{\"id\":\"" + workspace.id() + "\"}}}}}";
        company.owner()
                .asks()
                .body(body)
                .post("/api/v2/queries")
                .then()
                .statusCode(422)
                .body("errors[0].detail", containsString("terraform query"));
        tenant.company()
                .owner()
                .asks()
                .body(body)
                .post("/api/v2/queries")
                .then()
                .statusCode(404);
        company.owner()
                .asks()
                .get("/api/v2/workspaces/" + workspace.id() + "/queries")
                .then()
                .statusCode(200)
                .body("data", hasSize(0));
        company.owner().asks().get("/api/v2/queries/qry-1").then().statusCode(404);
    }
}
