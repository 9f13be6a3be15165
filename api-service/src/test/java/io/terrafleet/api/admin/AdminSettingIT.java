package io.terrafleet.api.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.Tenant.Company;
import io.terrafleet.api.Tenant.Person;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.io.IOException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Settings are those of the whole installation: each test takes back what it sets. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class AdminSettingIT {
    @Inject
    Tenant tenant;

    private Person root;

    @BeforeEach
    void makeAdministrator() {
        root = tenant.siteAdministrator();
    }

    @AfterEach
    void takeBack() {
        set(
                        "general",
                        """
                        {"limit-user-organization-creation":false,"api-rate-limiting-enabled":false,
                        "limit-organizations-per-user":false,"limit-workspaces-per-organization":false,
                        "terraform-build-worker-plan-timeout":null,"terraform-build-worker-apply-timeout":null,
                        "default-remote-state-access":false}""")
                .statusCode(200);
        set("customization", "{\"support-email-address\":\"\",\"login-help\":\"\",\"footer\":\"\",\"error\":\"\"}")
                .statusCode(200);
        set("smtp", "{\"enabled\":false,\"password\":\"\"}").statusCode(200);
    }

    @Test
    void theRateOfRequestsIsSetWhileTheServiceRuns() {
        RestAssured.get("/api/v2/ping").then().header("X-RateLimit-Limit", nullValue());
        set("general", "{\"api-rate-limiting-enabled\":true,\"api-rate-limit\":500}")
                .statusCode(200)
                .body("data.type", equalTo("general-settings"))
                .body("data.attributes.api-rate-limit", equalTo(500));
        RestAssured.get("/api/v2/ping").then().header("X-RateLimit-Limit", equalTo("500"));
        set("general", "{\"api-rate-limiting-enabled\":false}").statusCode(200);
        RestAssured.get("/api/v2/ping").then().header("X-RateLimit-Limit", nullValue());
    }

    @Test
    void organizationsAndWorkspacesAreLimited() {
        Company company = tenant.company();
        set("general", "{\"limit-user-organization-creation\":true}").statusCode(200);
        create(company.owner(), "another-one").statusCode(403);
        create(root, "for-somebody").statusCode(201);
        root.asks().delete("/api/v2/organizations/for-somebody").then().statusCode(204);
        set(
                        "general",
                        "{\"limit-user-organization-creation\":false,\"limit-organizations-per-user\":true,\"default-organizations-per-user-ceiling\":1}")
                .statusCode(200);
        create(company.owner(), "another-one").statusCode(403).body("errors[0].detail", containsString("You are in 1"));
        set(
                        "general",
                        "{\"limit-organizations-per-user\":false,\"limit-workspaces-per-organization\":true,\"default-workspaces-per-organization-ceiling\":1}")
                .statusCode(200);
        workspace(company, "one").statusCode(201);
        workspace(company, "two").statusCode(422);
        root.asks()
                .body("{\"data\":{\"attributes\":{\"workspace-limit\":2}}}")
                .patch("/api/v2/admin/organizations/" + company.name())
                .then()
                .statusCode(200)
                .body("data.attributes.workspace-limit", equalTo(2));
        workspace(company, "two").statusCode(201);
        workspace(company, "three").statusCode(422);
    }

    @Test
    void newWorkspacesShareTheirStateWhenTheInstallationSaysSo() {
        Company company = tenant.company();
        workspace(company, "closed").body("data.attributes.global-remote-state", equalTo(false));
        set("general", "{\"default-remote-state-access\":true}").statusCode(200);
        workspace(company, "open").body("data.attributes.global-remote-state", equalTo(true));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "general | {\"require-two-factor-for-admins\":true}",
                "general | {\"api-rate-limit\":0}",
                "general | {\"terraform-build-worker-plan-timeout\":\"soon\"}",
                "general | {\"terraform-build-worker-plan-timeout\":\"99d\"}",
                "cost-estimation | {\"enabled\":false}",
                "cost-estimation | {\"aws-access-key-id\":\"AKIA\"}",
                "customization | {\"support-email-address\":\"nobody\"}",
                "smtp | {\"enabled\":true,\"host\":\"a b\"}",
                "smtp | {\"auth\":\"kerberos\"}",
                "smtp | {\"port\":70000}"
            })
    void whatWouldDoNothingIsRefused(String kind, String attributes) {
        set(kind, attributes).statusCode(422);
    }

    @Test
    void pagesSayWhatTheOperatorSays() {
        set("customization", "{\"login-help\":\"Ask <b>Ada</b>\",\"footer\":\"For ACME only\"}")
                .statusCode(200);
        RestAssured.get("/app/login")
                .then()
                .statusCode(200)
                .body(containsString("Ask &lt;b&gt;Ada&lt;/b&gt;"))
                .body(containsString("For ACME only"));
        set("customization", "{\"login-help\":null,\"footer\":null}").statusCode(200);
        RestAssured.get("/app/login").then().body(not(containsString("For ACME only")));
    }

    @Test
    void mailGoesToTheServerThatIsSet() throws IOException {
        try (MailHost host = new MailHost()) {
            String server = "\"enabled\":true,\"host\":\"127.0.0.1\",\"port\":" + host.port()
                    + ",\"sender\":\"fleet@example.com\",\"auth\":\"none\"";
            set("smtp", "{" + server + ",\"test-email-address\":\"ada@example.com\"}")
                    .statusCode(200)
                    .body("data.attributes.host", equalTo("127.0.0.1"))
                    .body("data.attributes.password", nullValue());
            assertThat(host.mails()).singleElement().asString().contains("Terrafleet can send mail", "ada@example.com");
            Company company = tenant.company();
            Workspace workspace = tenant.workspace(company);
            company.owner()
                    .asks()
                    .body(
                            "{\"data\":{\"attributes\":{\"name\":\"m\",\"destination-type\":\"email\",\"enabled\":true,\"triggers\":[],\"email-addresses\":[\"bob@example.com\"]}}}")
                    .post("/api/v2/workspaces/" + workspace.id() + "/notification-configurations")
                    .then()
                    .statusCode(201);
            assertThat(host.mails()).hasSize(2).last().asString().contains("bob@example.com");
        }
        set(
                        "smtp",
                        "{\"enabled\":true,\"host\":\"127.0.0.1\",\"port\":9,\"sender\":\"a@example.com\",\"test-email-address\":\"ada@example.com\"}")
                .statusCode(422)
                .body("errors[0].detail", containsString("did not take the test mail"));
    }

    @Test
    void aDisabledOrganizationIsThereForAdministratorsOnly() {
        Company company = tenant.company();
        Workspace workspace = tenant.workspace(company);
        String address = "/api/v2/admin/organizations/" + company.name();
        root.asks()
                .body("{\"data\":{\"attributes\":{\"is-disabled\":true}}}")
                .patch(address)
                .then()
                .statusCode(200);
        company.owner()
                .asks()
                .get("/api/v2/organizations/" + company.name())
                .then()
                .statusCode(404);
        company.owner()
                .asks()
                .get("/api/v2/workspaces/" + workspace.id())
                .then()
                .statusCode(404);
        root.asks().get("/api/v2/workspaces/" + workspace.id()).then().statusCode(200);
        root.asks()
                .body("{\"data\":{\"attributes\":{\"is-disabled\":false}}}")
                .patch(address)
                .then()
                .statusCode(200);
        company.owner()
                .asks()
                .get("/api/v2/workspaces/" + workspace.id())
                .then()
                .statusCode(200);
        root.asks()
                .body(
                        "{\"data\":{\"attributes\":{\"terraform-build-worker-plan-timeout\":\"90m\",\"plan-timeout\":\"never\"}}}")
                .patch(address)
                .then()
                .statusCode(200)
                .body("data.attributes.plan-timeout", equalTo("90m"));
        company.owner().asks().body("{}").patch(address).then().statusCode(404);
    }

    @Test
    void modulesAreSharedWithConsumers() {
        Company maker = tenant.company();
        Company user = tenant.company();
        maker.owner()
                .asks()
                .body(
                        "{\"data\":{\"attributes\":{\"name\":\"net\",\"provider\":\"aws\",\"registry-name\":\"private\"}}}")
                .post("/api/v2/organizations/" + maker.name() + "/registry-modules")
                .then()
                .statusCode(201);
        String versions = "/api/registry/v1/modules/" + maker.name() + "/net/aws/versions";
        String consumers = "/api/v2/admin/organizations/" + maker.name() + "/relationships/module-consumers";
        user.owner().asks().get(versions).then().statusCode(404);
        consume(consumers, "[{\"type\":\"organizations\",\"id\":\"" + user.name() + "\"}]", 204);
        root.asks().get(consumers).then().statusCode(200).body("data.id", contains(user.name()));
        user.owner().asks().get(versions).then().statusCode(200);
        tenant.company().owner().asks().get(versions).then().statusCode(404);
        consume(consumers, "[{\"id\":\"nobody-is-called-so\"}]", 422);
        consume(consumers, "[]", 204);
        root.asks().get(consumers).then().body("data", empty());
        user.owner().asks().get(versions).then().statusCode(404);
        root.asks()
                .body("{\"data\":{\"attributes\":{\"global-module-sharing\":true}}}")
                .patch("/api/v2/admin/organizations/" + maker.name())
                .then()
                .statusCode(200);
        user.owner().asks().get(versions).then().statusCode(200);
        user.owner().asks().get(consumers).then().statusCode(404);
    }

    private void consume(String address, String data, int status) {
        root.asks().body("{\"data\":" + data + "}").patch(address).then().statusCode(status);
    }

    private ValidatableResponse set(String kind, String attributes) {
        return root.asks()
                .body("{\"data\":{\"attributes\":" + attributes + "}}")
                .patch("/api/v2/admin/" + kind + "-settings")
                .then();
    }

    private static ValidatableResponse create(Person who, String name) {
        return who.asks()
                .body("{\"data\":{\"attributes\":{\"name\":\"" + name + "\",\"email\":\"a@example.com\"}}}")
                .post("/api/v2/organizations")
                .then();
    }

    private static ValidatableResponse workspace(Company company, String name) {
        return company.owner()
                .asks()
                .body("{\"data\":{\"attributes\":{\"name\":\"" + name + "\"}}}")
                .post("/api/v2/organizations/" + company.name() + "/workspaces")
                .then();
    }
}
