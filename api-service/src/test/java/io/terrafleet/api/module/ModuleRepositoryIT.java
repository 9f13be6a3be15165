package io.terrafleet.api.module;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.access.Role;
import io.terrafleet.api.vcs.GitHost;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Modules whose versions are the tags, or commits of a branch, of a real git host's repository. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class ModuleRepositoryIT {
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    @Inject
    Tenant tenant;

    @TempDir
    Path directory;

    @TempDir
    Path home;

    GitHost host;
    Tenant.Company company;
    String connection;
    String all;
    String one;

    @BeforeEach
    void aHostAndAConnection() throws Exception {
        host = new GitHost(directory);
        company = tenant.company();
        all = "/api/v2/organizations/" + company.name() + "/registry-modules";
        one = all + "/private/" + company.name() + "/network/aws";
        String client = post(
                        "/api/v2/organizations/" + company.name() + "/oauth-clients",
                        "\"service-provider\":\"gitlab_community_edition\",\"http-url\":\"" + host.base()
                                + "\",\"api-url\":\"" + host.base() + "\",\"oauth-token-string\":\"" + GitHost.TOKEN
                                + "\",\"name\":\"git\"")
                .statusCode(201)
                .extract()
                .path("data.id");
        connection = company.owner()
                .asks()
                .get("/api/v2/oauth-clients/" + client)
                .then()
                .extract()
                .path("data.relationships.oauth-tokens.data[0].id");
    }

    @AfterEach
    void stop() throws Exception {
        host.close();
    }

    @Test
    void tagsBecomeVersionsThatTerraformDownloads() throws Exception {
        release("v1.0.0", "one", false);
        release("1.1.0", "one and a bit", true);
        host.tag("nightly", false);
        create("\"identifier\":\"" + GitHost.NAME + "\",\"source-directory\":\"modules/network\"", NAMED)
                .statusCode(201)
                .body("data.attributes.publishing-mechanism", equalTo("git_tag"))
                .body("data.attributes.vcs-repo.identifier", equalTo(GitHost.NAME))
                .body("data.attributes.permissions.can-resync", equalTo(true));
        Await.until("the tags to be published", PATIENCE, () -> versions("ok").equals(List.of("1.1.0", "1.0.0")));

        RegistryHost terraform =
                RegistryHost.of(home, RestAssured.port, company.owner().token());
        String source = terraform.host() + "/" + company.name() + "/network/aws";
        RegistryHost.Said said =
                terraform.init("module \"net\" {\n  source  = \"" + source + "\"\n  version = \"~> 1.0\"\n}\n");
        assertThat(said.exitCode()).as(said.output()).isZero();
        assertThat(said.output()).contains("1.1.0 for net");

        release("v2.0.0", "two", false);
        post(one + "/actions/resync", "").statusCode(200);
        assertThat(versions("ok")).containsExactly("2.0.0", "1.1.0", "1.0.0");
        post(one + "/versions", "\"version\":\"3.0.0\"")
                .statusCode(422)
                .body("errors[0].detail", containsString("push a tag"));
        tenant.member(company, Role.READER)
                .asks()
                .post(one + "/actions/resync")
                .then()
                .statusCode(403);
        tenant.person().asks().post(one + "/actions/resync").then().statusCode(404);
    }

    @Test
    void onlyTagsWithThePrefixCount() {
        release("v1.0.0", "another module's", false);
        release("network-v1.2.3", "ours", false);
        create(
                        "\"identifier\":\"" + GitHost.NAME
                                + "\",\"tag-prefix\":\"network-\",\"source-directory\":\"modules/network\"",
                        NAMED)
                .statusCode(201);
        Await.until("the tag to be published", PATIENCE, () -> versions("ok").equals(List.of("1.2.3")));
    }

    @Test
    void aBranchGivesVersionsOneByOne() {
        host.push("main", Map.of("main.tf", "output \"x\" { value = 1 }"));
        create("\"identifier\":\"" + GitHost.NAME + "\",\"branch\":\"main\"", NAMED + ",\"initial-version\":\"0.1.0\"")
                .statusCode(201)
                .body("data.attributes.publishing-mechanism", equalTo("branch"))
                .body("data.attributes.'version-statuses'[0].version", equalTo("0.1.0"))
                .body("data.attributes.'version-statuses'[0].status", equalTo("ok"));
        String commit = host.push("main", Map.of("main.tf", "output \"x\" { value = 2 }"));
        company.owner().asks().get(one + "/commits").then().body("data[0].attributes.sha", equalTo(commit));
        post(one + "/versions", "\"version\":\"0.2.0\",\"commit-sha\":\"" + commit + "\"")
                .statusCode(201)
                .body("data.attributes.status", equalTo("ok"))
                .body("data.attributes.commit-sha", equalTo(commit));
    }

    @Test
    void whatCannotBeReadSaysWhy() {
        release("v1.0.0", "one", false);
        create("\"identifier\":\"" + GitHost.NAME + "\"", "")
                .statusCode(422)
                .body("errors[0].detail", containsString("terraform-PROVIDER-NAME"));
        create("\"identifier\":\"acme/nothing\"", NAMED)
                .statusCode(422)
                .body("errors[0].detail", containsString("acme/nothing"));
        create("\"identifier\":\"" + GitHost.NAME + "\",\"branch\":\"nope\"", NAMED)
                .statusCode(422)
                .body("errors[0].detail", containsString("no branch nope"));
        create("\"identifier\":\"https://elsewhere.example/acme/terraform-aws-network\"", "")
                .statusCode(422)
                .body("errors[0].detail", containsString("not for this address"));
        create("\"identifier\":\"" + GitHost.NAME + "\",\"source-directory\":\"modules/absent\"", NAMED)
                .statusCode(201);
        Await.until(
                "the failure", PATIENCE, () -> versions("reg_ingress_failed").equals(List.of("1.0.0")));
        company.owner()
                .asks()
                .get(one)
                .then()
                .body("data.attributes.'version-statuses'[0].error", containsString("modules/absent"));
    }

    private static final String NAMED = ",\"name\":\"network\",\"provider\":\"aws\"";

    private void release(String tag, String text, boolean annotated) {
        host.push("main", Map.of("modules/network/main.tf", "output \"x\" { value = \"" + text + "\" }"));
        host.tag(tag, annotated);
    }

    private ValidatableResponse create(String repository, String more) {
        return post(all + "/vcs", "\"vcs-repo\":{" + repository + ",\"oauth-token-id\":\"" + connection + "\"}" + more);
    }

    private ValidatableResponse post(String path, String attributes) {
        return company.owner()
                .asks()
                .body("{\"data\":{\"attributes\":{" + attributes + "}}}")
                .post(path)
                .then();
    }

    private List<String> versions(String status) {
        return company.owner()
                .asks()
                .get(one)
                .then()
                .extract()
                .path("data.attributes.'version-statuses'.findAll { it.status == '" + status + "' }.version");
    }
}
