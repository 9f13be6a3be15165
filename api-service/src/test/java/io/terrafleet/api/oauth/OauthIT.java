package io.terrafleet.api.oauth;

import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.access.Role;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class OauthIT {
    @Inject
    Tenant tenant;

    Tenant.Company company;
    String all;

    @BeforeEach
    void aCompany() {
        company = tenant.company();
        all = "/api/v2/organizations/" + company.name() + "/oauth-clients";
    }

    private ValidatableResponse create(String attributes) {
        return company.owner()
                .asks()
                .body("{\"data\":{\"type\":\"oauth-clients\",\"attributes\":" + attributes + "}}")
                .post(all)
                .then();
    }

    private String github() {
        return create(
                        "{\"service-provider\":\"github\",\"http-url\":\"https://github.com\",\"api-url\":\"https://api.github.com\",\"oauth-token-string\":\"ghp_secret\",\"secret\":\"client_secret\",\"name\":\"hub\"}")
                .statusCode(201)
                .body("data.attributes.service-provider-display-name", equalTo("GitHub"))
                .body("data.attributes.secret", nullValue())
                .body("data.relationships.oauth-tokens.data", hasSize(1))
                .extract()
                .path("data.id");
    }

    @Test
    void aClientAndItsTokenLiveAndDieTogether() {
        String client = github();
        String one = "/api/v2/oauth-clients/" + client;
        get(all).body("data", hasSize(1));
        String token = get("/api/v2/organizations/" + company.name() + "/oauth-tokens")
                .body("data", hasSize(1))
                .extract()
                .path("data[0].id");
        String text = get(one).extract().asString()
                + get("/api/v2/oauth-tokens/" + token).extract().asString();
        org.assertj.core.api.Assertions.assertThat(text).doesNotContain("ghp_secret", "client_secret");
        company.owner()
                .asks()
                .body("{\"data\":{\"attributes\":{\"ssh-key\":\"-----BEGIN\"}}}")
                .patch("/api/v2/oauth-tokens/" + token)
                .then()
                .statusCode(200)
                .body("data.attributes.has-ssh-key", equalTo(true))
                .body(not(containsString("BEGIN")));
        company.owner()
                .asks()
                .body("{\"data\":{\"attributes\":{\"name\":\"renamed\",\"organization-scoped\":false}}}")
                .patch(one)
                .then()
                .statusCode(200)
                .body("data.attributes.name", equalTo("renamed"))
                .body("data.attributes.organization-scoped", equalTo(false));
        String project = get("/api/v2/organizations/" + company.name() + "/projects")
                .extract()
                .path("data[0].id");
        String linkage = "{\"data\":[{\"type\":\"projects\",\"id\":\"" + project + "\"}]}";
        company.owner()
                .asks()
                .body(linkage)
                .post(one + "/relationships/projects")
                .then()
                .statusCode(204);
        get(one).body("data.relationships.projects.data", hasSize(1));
        company.owner()
                .asks()
                .body(linkage)
                .delete(one + "/relationships/projects")
                .then()
                .statusCode(204);
        get(one).body("data.relationships.projects.data", hasSize(0));
        company.owner().asks().delete(one).then().statusCode(204);
        company.owner().asks().get("/api/v2/oauth-tokens/" + token).then().statusCode(404);
    }

    @Test
    void whatIsWrongIsSaid() {
        create("{\"service-provider\":\"svn\"}")
                .statusCode(422)
                .body("errors[0].detail", equalTo("Service provider is not included in the list"));
        create("{}").statusCode(422).body("errors[0].detail", equalTo("Service provider can't be blank"));
        create("{\"service-provider\":\"github\",\"http-url\":\"nowhere\"}")
                .statusCode(422)
                .body("errors[0].source.pointer", equalTo("/data/attributes/http-url"));
    }

    @Test
    void othersSeeNothing() {
        String one = "/api/v2/oauth-clients/" + github();
        tenant.person().asks().get(one).then().statusCode(404);
        tenant.member(company, Role.READER).asks().delete(one).then().statusCode(403);
        String foreign = tenant.company().name();
        company.owner()
                .asks()
                .get("/api/v2/organizations/" + foreign + "/oauth-tokens")
                .then()
                .statusCode(404);
        String linkage = "{\"data\":[{\"type\":\"projects\",\"id\":\"prj-CZcmD7eagjhyX0vN\"}]}";
        company.owner()
                .asks()
                .body(linkage)
                .post(one + "/relationships/projects")
                .then()
                .statusCode(422);
    }

    private ValidatableResponse get(String path) {
        return company.owner().asks().get(path).then().statusCode(200);
    }
}
