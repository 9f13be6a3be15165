package io.terrafleet.api.workspace;

import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.empty;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.Tenant.Company;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What workspaces are found by lies beside them and follows them. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class TitlesIT {
    @Inject
    Tenant tenant;

    private Company company;

    @BeforeEach
    void twoTaggedWorkspaces() {
        company = tenant.company();
        for (String name : new String[] {"Alpha-shop", "beta-shop"}) {
            company.owner()
                    .asks()
                    .body("{\"data\":{\"type\":\"workspaces\",\"attributes\":{\"name\":\"" + name + "\"},"
                            + "\"relationships\":{\"tag-bindings\":{\"data\":[{\"type\":\"tag-bindings\","
                            + "\"attributes\":{\"key\":\"team\",\"value\":\"shop\"}}]}}}}")
                    .post("/api/v2/organizations/" + company.name() + "/workspaces")
                    .then()
                    .statusCode(201);
        }
    }

    private ValidatableResponse listed(String filter) {
        return company.owner()
                .asks()
                .get("/api/v2/organizations/" + company.name() + "/workspaces?" + filter)
                .then()
                .statusCode(200);
    }

    @Test
    void aRenamedWorkspaceIsFoundByItsNewNameAndStandsWhereItBelongs() {
        String tagged = "filter[tagged][0][key]=team&filter[tagged][0][value]=shop";
        listed("search[name]=alpha").body("data.attributes.name", contains("Alpha-shop"));
        listed(tagged).body("data.attributes.name", contains("Alpha-shop", "beta-shop"));
        listed(tagged + "&sort=-name").body("data.attributes.name", contains("beta-shop", "Alpha-shop"));
        company.owner()
                .asks()
                .body("{\"data\":{\"type\":\"workspaces\",\"attributes\":{\"name\":\"gamma-shop\"}}}")
                .patch("/api/v2/organizations/" + company.name() + "/workspaces/Alpha-shop")
                .then()
                .statusCode(200);
        listed("search[name]=alpha").body("data", empty());
        listed("search[name]=GAMMA").body("data.attributes.name", contains("gamma-shop"));
        listed("search[wildcard-name]=*-shop").body("data.attributes.name", contains("beta-shop", "gamma-shop"));
        listed(tagged).body("data.attributes.name", contains("beta-shop", "gamma-shop"));
        listed("search[tags]=team&search[name]=gam").body("data.attributes.name", contains("gamma-shop"));
        listed("search[tags]=team&" + tagged).body("data.attributes.name", contains("beta-shop", "gamma-shop"));
        listed("search[exclude-tags]=team").body("data", empty());
    }

    @Test
    void aDeletedWorkspaceIsFoundNoMore() {
        company.owner()
                .asks()
                .delete("/api/v2/organizations/" + company.name() + "/workspaces/beta-shop")
                .then()
                .statusCode(204);
        listed("search[name]=shop").body("data.attributes.name", contains("Alpha-shop"));
    }
}
