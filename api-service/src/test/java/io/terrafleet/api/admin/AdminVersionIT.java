package io.terrafleet.api.admin;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.terrafleet.api.RunTaker;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.Tenant.Company;
import io.terrafleet.api.Tenant.Person;
import io.terrafleet.api.toolversion.ToolVersion;
import io.terrafleet.api.toolversion.ToolVersions;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.event.ToolBuild;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The list is one for the whole installation: each test leaves it empty. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class AdminVersionIT {
    private static final String SHA = "ab".repeat(32);
    private static final String ADDRESS = "/api/v2/admin/terraform-versions";

    @Inject
    Tenant tenant;

    @Inject
    RunTaker taker;

    @Inject
    ToolVersions versions;

    private Person root;
    private Company company;
    private Workspace workspace;

    @BeforeEach
    void makeWorkspace() {
        root = tenant.siteAdministrator();
        company = tenant.company();
        workspace = tenant.workspace(company);
        taker.configure(company, workspace);
    }

    @AfterEach
    void emptyTheList() {
        versions.list().stream().map(ToolVersion::id).forEach(versions::delete);
    }

    @Test
    void latestAndConstraintsMeanTheNewestThatIsEnabled() {
        assertThat(version()).isEqualTo("latest");
        list("0.98.1", "");
        list("0.99.0", ",\"enabled\":false");
        list("0.99.1-beta1", "");
        assertThat(version()).isEqualTo("0.98.1");
        set("~> 0.99.0").statusCode(200);
        company.owner()
                .asks()
                .body(run())
                .post("/api/v2/runs")
                .then()
                .statusCode(422)
                .body("errors[0].detail", containsString("no version that the administrators have enabled"));
        root.asks()
                .get(ADDRESS + "?search%5Bversion%5D=0.99")
                .then()
                .body("data.attributes.version", contains("0.99.1-beta1", "0.99.0"));
        root.asks()
                .get(ADDRESS + "?filter%5Bversion%5D=0.98.1")
                .then()
                .body("data.attributes.version", contains("0.98.1"));
    }

    @Test
    void aDisabledOrBetaVersionIsNotChosen() {
        String id = list("0.98.1", ",\"deprecated\":true,\"deprecated-reason\":\"see 0.99\"");
        set("0.98.1").statusCode(200);
        root.asks()
                .get(ADDRESS + "/" + id)
                .then()
                .body("data.attributes.usage", equalTo(1))
                .body("data.attributes.deprecated-reason", equalTo("see 0.99"));
        root.asks().delete(ADDRESS + "/" + id).then().statusCode(409);
        root.asks()
                .body("{\"data\":{\"attributes\":{\"enabled\":false}}}")
                .patch(ADDRESS + "/" + id)
                .then()
                .statusCode(200)
                .body("data.attributes.enabled", equalTo(false));
        company.owner()
                .asks()
                .body(run())
                .post("/api/v2/runs")
                .then()
                .statusCode(422)
                .body("errors[0].detail", containsString("disabled by the administrators: see 0.99"));
        set("1.11.4").statusCode(200);
        set("0.98.1").statusCode(422);
        list("0.99.1-beta1", "");
        set("0.99.1-beta1").statusCode(422).body("errors[0].detail", containsString("is a beta"));
        root.asks()
                .body("{\"data\":{\"attributes\":{\"access-beta-tools\":true}}}")
                .patch("/api/v2/admin/organizations/" + company.name())
                .then()
                .statusCode(200)
                .body("data.attributes.access-beta-tools", equalTo(true));
        set("0.99.1-beta1").statusCode(200);
        set("latest").statusCode(200);
    }

    @Test
    void whatIsNoVersionOrNotServedIsRefused() {
        list("0.98.1", "");
        create("\"version\":\"0.98.1\"").statusCode(422).body("errors[0].detail", containsString("already been taken"));
        create("\"version\":\"~> 1.0\"").statusCode(422);
        create("\"enabled\":true").statusCode(422);
        create("\"version\":\"0.97.0\",\"url\":\"https://example.com/t.zip\",\"sha\":\"00\"")
                .statusCode(422)
                .body("errors[0].detail", containsString("64 hexadecimal digits"));
        create("\"version\":\"0.97.0\",\"url\":\"https://example.com/t.zip\"")
                .statusCode(422)
                .body("errors[0].detail", containsString("Sha can't be blank"));
        for (String address : List.of(
                "file:///etc/passwd", "https://u:p@example.com/t.zip", "https://example.com/t.zip?key=secret", "no")) {
            create("\"version\":\"0.97.0\",\"url\":\"" + address + "\",\"sha\":\"" + SHA + "\"")
                    .statusCode(422)
                    .body("errors[0].detail", containsString("address of a zip file"));
        }
        create("\"version\":\"0.97.0\",\"engine\":\"pulumi\"").statusCode(422);
        create("\"version\":\"0.97.0\",\"archs\":[" + arch("linux", "amd64") + "," + arch("linux", "amd64") + "]")
                .statusCode(422)
                .body("errors[0].detail", containsString("twice"));
        root.asks().get(ADDRESS).then().body("data.attributes.version", hasItem("0.98.1"));
        company.owner().asks().get(ADDRESS).then().statusCode(404);
        root.asks().get("/api/v2/admin/opa-versions").then().statusCode(404);
    }

    @Test
    void aBuildOfTheAdministratorsOwnIsNamedToTheWorkers() {
        String id = create(
                        "\"version\":\"0.98.1-acme1\",\"official\":false,\"url\":\"https://example.com/t.zip\",\"sha\":\""
                                + SHA.toUpperCase(Locale.ROOT) + "\"")
                .statusCode(201)
                .body("data.attributes.official", equalTo(false))
                .body("data.attributes.beta", equalTo(false))
                .body("data.attributes.sha", equalTo(SHA))
                .body("data.attributes.archs[0].os", equalTo("linux"))
                .extract()
                .path("data.id");
        set("0.98.1-acme1").statusCode(200);
        assertThat(version()).isEqualTo("0.98.1-acme1");
        assertThat(versions.builds("terraform", "0.98.1-acme1").orElseThrow())
                .containsExactly(new ToolBuild("linux", "amd64", URI.create("https://example.com/t.zip"), SHA));
        assertThat(versions.builds("terraform", "1.11.4")).isEmpty();
        root.asks()
                .body("{\"data\":{\"attributes\":{\"archs\":[" + arch("linux", "amd64") + "," + arch("darwin", "arm64")
                        + "]}}}")
                .patch(ADDRESS + "/" + id)
                .then()
                .statusCode(200)
                .body("data.attributes.archs.arch", contains("amd64", "arm64"))
                .body("data.attributes.url", equalTo("https://example.com/linux.zip"));
        set("latest").statusCode(200);
    }

    @Test
    void versionsOfOpenTofuAreListedBesideThoseOfTerraform() {
        list("0.98.1", "");
        create("\"engine\":\"tofu\",\"version\":\"0.98.1\"")
                .statusCode(201)
                .body("data.attributes.engine", equalTo("tofu"));
        create("\"engine\":\"tofu\",\"version\":\"0.98.2\"").statusCode(201);
        assertThat(version()).isEqualTo("0.98.1");
        company.owner()
                .asks()
                .body("{\"data\":{\"attributes\":{\"engine\":\"tofu\"}}}")
                .patch("/api/v2/workspaces/" + workspace.id())
                .then()
                .statusCode(200);
        assertThat(version()).isEqualTo("0.98.2");
    }

    private static String arch(String os, String arch) {
        return "{\"os\":\"" + os + "\",\"arch\":\"" + arch + "\",\"url\":\"https://example.com/" + os
                + ".zip\",\"sha\":\"" + SHA + "\"}";
    }

    private String version() {
        return taker.find(taker.queued(company, workspace)).terraformVersion();
    }

    private String run() {
        return "{\"data\":{\"attributes\":{},\"relationships\":{\"workspace\":{\"data\":{\"id\":\"" + workspace.id()
                + "\",\"type\":\"workspaces\"}}}}}";
    }

    private ValidatableResponse set(String version) {
        return company.owner()
                .asks()
                .body("{\"data\":{\"attributes\":{\"terraform-version\":\"" + version + "\"}}}")
                .patch("/api/v2/workspaces/" + workspace.id())
                .then();
    }

    private String list(String version, String more) {
        return create("\"version\":\"" + version + "\"" + more)
                .statusCode(201)
                .body("data.type", equalTo("terraform-versions"))
                .body("data.attributes.official", equalTo(true))
                .extract()
                .path("data.id");
    }

    private ValidatableResponse create(String attributes) {
        return root.asks()
                .body("{\"data\":{\"attributes\":{" + attributes + "}}}")
                .post(ADDRESS)
                .then();
    }
}
