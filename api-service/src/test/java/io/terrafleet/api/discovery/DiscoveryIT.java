package io.terrafleet.api.discovery;

import static io.restassured.RestAssured.given;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.terrafleet.testkit.PlatformResource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
class DiscoveryIT {
    @Test
    void theCommandLineFindsTheServices() {
        given().get("/.well-known/terraform.json")
                .then()
                .statusCode(200)
                .contentType("application/json")
                .body("'tfe.v2'", equalTo("/api/v2/"))
                .body("'tfe.v2.1'", equalTo("/api/v2/"))
                .body("'tfe.v2.2'", equalTo("/api/v2/"))
                .body("'login.v1'.authz", equalTo("/app/oauth2/auth"))
                .body("'login.v1'.token", equalTo("/oauth2/token"))
                .body("'login.v1'.grant_types", contains("authz_code"));
    }

    @ParameterizedTest
    @CsvSource({"/api/v2/ping,204", "/api/v2/account/details,401", "/api/v2/nothing/here,404", "/api/v2/ping?x=%00,400"
    })
    void everyAnswerOfTheApiSaysWhatThisServerCan(String address, int status) {
        given().urlEncodingEnabled(false)
                .get(address)
                .then()
                .statusCode(status)
                .header("TFP-API-Version", "2.6")
                .header("TFP-AppName", "Terraform Enterprise")
                .header("X-TFE-Version", "v202501-1");
    }
}
