package io.terrafleet.api.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.access.Role;
import io.terrafleet.testkit.PlatformResource;
import io.terrafleet.testkit.TarGz;
import jakarta.inject.Inject;
import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class ModuleIT {
    @Inject
    Tenant tenant;

    @TempDir
    Path home;

    Tenant.Company company;
    String all;
    String one;

    @BeforeEach
    void aCompany() {
        company = tenant.company();
        all = "/api/v2/organizations/" + company.name() + "/registry-modules";
        one = all + "/private/" + company.name() + "/network/aws";
    }

    private ValidatableResponse create(String name, String provider, String registry) {
        return company.owner()
                .asks()
                .body("{\"data\":{\"type\":\"registry-modules\",\"attributes\":{\"name\":\"" + name
                        + "\",\"provider\":\"" + provider + "\",\"registry-name\":\"" + registry + "\"}}}")
                .post(all)
                .then();
    }

    private ValidatableResponse version(String number) {
        return company.owner()
                .asks()
                .body("{\"data\":{\"type\":\"registry-module-versions\",\"attributes\":{\"version\":\"" + number
                        + "\"}}}")
                .post(one + "/versions")
                .then();
    }

    private String published(String number) {
        String upload = version(number)
                .statusCode(201)
                .body("data.attributes.status", equalTo("pending"))
                .extract()
                .path("data.links.upload");
        RestAssured.given()
                .urlEncodingEnabled(false)
                .contentType("application/octet-stream")
                .body(TarGz.of(
                        java.util.Map.of("main.tf", "output \"greeting\" {\n  value = \"hello " + number + "\"\n}\n")))
                .put(upload)
                .then()
                .statusCode(200);
        return upload;
    }

    @Test
    void terraformInitDownloadsAPrivateModule() throws IOException, InterruptedException {
        create("network", "aws", "private").statusCode(201);
        published("1.2.0");
        published("1.10.0");
        version("2.0.0-beta").statusCode(201);
        RegistryHost terraform =
                RegistryHost.of(home, RestAssured.port, company.owner().token());
        String source = terraform.host() + "/" + company.name() + "/network/aws";
        RegistryHost.Said said =
                terraform.init("module \"net\" {\n  source  = \"" + source + "\"\n  version = \"~> 1.2\"\n}\n");
        assertThat(said.exitCode()).as(said.output()).isZero();
        assertThat(said.output()).contains("1.10.0 for net");

        RegistryHost stranger =
                RegistryHost.of(home, RestAssured.port, tenant.person().token());
        RegistryHost.Said refused = stranger.init("module \"net\" {\n  source = \"" + source + "\"\n}\n");
        assertThat(refused.exitCode()).isNotZero();
        assertThat(refused.output()).contains("Module not found");
    }

    @Test
    void aModuleIsPublishedShownListedAndDeleted() {
        String id = create("network", "aws", "private")
                .statusCode(201)
                .body("data.type", equalTo("registry-modules"))
                .body("data.attributes.namespace", equalTo(company.name()))
                .body("data.attributes.status", equalTo("pending"))
                .extract()
                .path("data.id");
        String upload = published("1.0.0");
        RestAssured.given()
                .urlEncodingEnabled(false)
                .contentType("application/octet-stream")
                .body(TarGz.of(java.util.Map.of("main.tf", "# other\n")))
                .put(upload)
                .then()
                .statusCode(409);
        get(one).statusCode(200)
                .body("data.attributes.status", equalTo("setup_complete"))
                .body("data.attributes.version-statuses[0].version", equalTo("1.0.0"));
        get("/api/v2/registry-modules/" + id).statusCode(200);
        get("/api/v2/registry-modules/" + id + "/tag-bindings").statusCode(200).body("data", hasSize(0));
        get("/api/v2/registry-modules/show/" + company.name() + "/network/aws").statusCode(200);
        get(one + "/version?module_version=1.0.0").statusCode(200).body("data.attributes.status", equalTo("ok"));
        get(one + "/commits").statusCode(200);
        get(all + "?q=NET").statusCode(200).body("data", hasSize(1));
        get(all + "?filter[provider]=google").statusCode(200).body("data", hasSize(0));
        get("/api/registry/v1/modules/" + company.name() + "/network/aws/1.0.0")
                .statusCode(200)
                .body("version", equalTo("1.0.0"));
        company.owner().asks().delete(one + "/1.0.0").then().statusCode(204);
        get(one + "/version?module_version=1.0.0").statusCode(404);
        company.owner().asks().delete(one).then().statusCode(204);
        get(one).statusCode(404);
        create("network", "aws", "private").statusCode(201);
        company.owner()
                .asks()
                .post("/api/v2/registry-modules/actions/delete/" + company.name() + "/network")
                .then()
                .statusCode(204);
    }

    @Test
    void whatIsWrongIsSaid() {
        create("", "aws", "private").statusCode(422).body("errors[0].detail", equalTo("Name can't be blank"));
        create("network", "AWS", "private").statusCode(422);
        create("network", "aws", "other")
                .statusCode(422)
                .body("errors[0].detail", equalTo("Registry name is not included in the list"));
        create("network", "aws", "").statusCode(422).body("errors[0].detail", equalTo("Registry name can't be blank"));
        create("network", "aws", "private").statusCode(201);
        create("network", "aws", "private")
                .statusCode(422)
                .body("errors[0].detail", containsString("already been taken"));
        version("v1").statusCode(422);
        String upload = version("1.0.0").statusCode(201).extract().path("data.links.upload");
        version("1.0.0").statusCode(422);
        RestAssured.given()
                .urlEncodingEnabled(false)
                .contentType("application/octet-stream")
                .body("no archive".getBytes(java.nio.charset.StandardCharsets.UTF_8))
                .put(upload)
                .then()
                .statusCode(422);
        get(one + "/version?module_version=1.0.0")
                .statusCode(200)
                .body("data.attributes.status", equalTo("reg_ingress_failed"));
        RestAssured.given()
                .urlEncodingEnabled(false)
                .contentType("application/octet-stream")
                .body(new byte[] {1})
                .put(upload + "x")
                .then()
                .statusCode(404);
        RestAssured.get("/api/registry/v1/modules/archives/art-CZcmD7eagjhyX0vN/9999999999/00.tar.gz")
                .then()
                .statusCode(404);
    }

    @Test
    void othersSeeNothingAndReadersChangeNothing() {
        create("network", "aws", "private").statusCode(201);
        tenant.person().asks().get(one).then().statusCode(404);
        tenant.person().asks().delete(one).then().statusCode(404);
        Tenant.Person reader = tenant.member(company, Role.READER);
        reader.asks().get(one).then().statusCode(200).body("data.attributes.permissions.can-delete", equalTo(false));
        reader.asks().delete(one).then().statusCode(403);
    }

    private ValidatableResponse get(String path) {
        return company.owner().asks().get(path).then();
    }
}
