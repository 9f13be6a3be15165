package io.terrafleet.api.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.vcs.GitHost;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.event.PolicySetRef;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Sets that follow a branch of a real git host, to which commits are really pushed. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class PolicySetRepositoryIT {
    private static final String REGO = "package acme\n\ndeny contains \"no\" if false\n";

    @TempDir
    static Path directory;

    static GitHost host;

    @Inject
    Tenant tenant;

    @Inject
    PolicySets sets;

    Tenant.Company company;
    Workspace workspace;
    String token;

    @BeforeAll
    static void start() throws Exception {
        host = new GitHost(directory);
    }

    @AfterAll
    static void stop() throws Exception {
        host.close();
    }

    @BeforeEach
    void aConnection() {
        company = tenant.company();
        workspace = tenant.workspace(company);
        String client = send(
                        "POST",
                        "organizations/" + company.name() + "/oauth-clients",
                        "{\"service-provider\":\"gitlab_community_edition\",\"http-url\":\"" + host.base()
                                + "\",\"api-url\":\"" + host.base() + "\",\"oauth-token-string\":\"" + GitHost.TOKEN
                                + "\",\"name\":\"git\"}")
                .statusCode(201)
                .extract()
                .path("data.id");
        token = company.owner()
                .asks()
                .get("/api/v2/oauth-clients/" + client)
                .then()
                .statusCode(200)
                .extract()
                .path("data.relationships.oauth-tokens.data[0].id");
    }

    @Test
    void everyPushBecomesAVersionThatTheRefPins() {
        String first = host.push("main", Map.of("sets/acme/a.rego", REGO));
        String set = create("acme", repository(GitHost.NAME, "main"), "sets/acme")
                .statusCode(201)
                .body("data.attributes.vcs-repo.identifier", equalTo(GitHost.NAME))
                .body("data.attributes.vcs-repo.branch", equalTo("main"))
                .body("data.attributes.policies-path", equalTo("sets/acme"))
                .extract()
                .path("data.id");
        Await.until("the commit is looked at", Duration.ofSeconds(20), () -> ref("acme")
                .isPresent());
        PolicySetRef acme = ref("acme").orElseThrow();
        assertThat(acme.agreed().commit()).contains(first);
        assertThat(acme.agreed().version()).isPresent();
        assertThat(acme.policies()).isEmpty();

        String second = host.push(
                "main", Map.of("sets/acme/policies.hcl", "policy \"fun\" {\n  query = \"data.acme.deny\"\n}\n"));
        update(set)
                .statusCode(200)
                .body("data.attributes.status", equalTo("ready"))
                .body("data.attributes.source", equalTo("git"))
                .body("data.attributes.commit-sha", equalTo(second))
                .body("data.attributes.ingress-attributes.commit-sha", equalTo(second))
                .body("data.attributes.ingress-attributes.identifier", equalTo(GitHost.NAME))
                .body("data.attributes.status-timestamps.ready-at", notNullValue());
        assertThat(ref("acme").orElseThrow().agreed().commit()).contains(second);
        assertThat(ref("acme").orElseThrow().policies())
                .extracting(PolicySetRef.PolicyRef::name)
                .containsExactly("fun");
        String version = update(set).statusCode(200).extract().path("data.id");
        assertThat(ref("acme").orElseThrow().agreed().version()).contains(version);

        String broken = host.push("main", Map.of("sets/acme/policies.hcl", "policy \"fun\" {\n  query = 1\n}\n"));
        update(set)
                .statusCode(200)
                .body("data.attributes.status", equalTo("errored"))
                .body("data.attributes.commit-sha", equalTo(broken))
                .body("data.attributes.error-message", containsString("policies.hcl, line 2"));
        assertThat(ref("acme").orElseThrow().agreed().commit()).contains(second);
        company.owner()
                .asks()
                .get("/api/v2/policy-sets/" + set)
                .then()
                .body("data.attributes.vcs-error", containsString("line 2"));
    }

    @Test
    void whatCannotBeHadIsTold() {
        host.push("main", Map.of("sets/acme/a.rego", REGO + "\n"));
        String set = create("nobranch", repository(GitHost.NAME, "nope"), "")
                .statusCode(201)
                .extract()
                .path("data.id");
        update(set).statusCode(422).body("errors[0].detail", containsString("no branch nope"));

        create("far", repository("https://example.com/acme/policies.git", "main"), "")
                .statusCode(422)
                .body("errors[0].detail", containsString("the connection is for"));
        for (String refused : new String[] {"nonsense", "-o x/y", "https://a b/c"}) {
            create("bad", repository(refused, "main"), "").statusCode(422);
        }
        create("bad", "{\"identifier\":\"a/b\"}", "").statusCode(422);
        create("bad", repository("a/b", "main"), "../x").statusCode(422);
        create(
                        "bad",
                        "{\"identifier\":\"a/b\",\"ingress-submodules\":\"yes\",\"oauth-token-id\":\"" + token + "\"}",
                        "")
                .statusCode(422);

        send("PATCH", "policy-sets/" + set, "{\"vcs-repo\":null}")
                .statusCode(200)
                .body("data.attributes.vcs-repo", nullValue());
        update(set).statusCode(422).body("errors[0].detail", containsString("has no repository"));
        tenant.person()
                .asks()
                .post("/api/v2/policy-sets/" + set + "/actions/update")
                .then()
                .statusCode(404);
    }

    @Test
    void submodulesAreTakenAlongWhereTheSetWantsThem() throws Exception {
        host.submodule(
                "acme/shared", "common", "../shared.git", "s.rego", "package shared\n\ndeny contains \"s\" if false\n");
        String commit = host.push("modules", Map.of("README.md", "nothing here"));
        String repository = "{\"identifier\":\"" + GitHost.NAME
                + "\",\"branch\":\"modules\",\"ingress-submodules\":true,\"oauth-token-id\":\"" + token + "\"}";
        String set = create("modules", repository, "common")
                .statusCode(201)
                .body("data.attributes.vcs-repo.ingress-submodules", equalTo(true))
                .extract()
                .path("data.id");

        update(set)
                .statusCode(200)
                .body("data.attributes.status", equalTo("ready"))
                .body("data.attributes.commit-sha", equalTo(commit));
        assertThat(ref("modules").orElseThrow().agreed().commit()).contains(commit);
    }

    private Optional<PolicySetRef> ref(String name) {
        return sets.applicableTo(workspace).stream()
                .filter(set -> set.name().equals(name))
                .findFirst();
    }

    private String repository(String identifier, String branch) {
        return "{\"identifier\":\"" + identifier + "\",\"branch\":\"" + branch + "\",\"oauth-token-id\":\"" + token
                + "\"}";
    }

    private ValidatableResponse create(String name, String repository, String path) {
        return send(
                "POST",
                "organizations/" + company.name() + "/policy-sets",
                "{\"name\":\"" + name + "\",\"kind\":\"opa\",\"global\":true,\"policies-path\":\"" + path
                        + "\",\"vcs-repo\":" + repository + "}");
    }

    private ValidatableResponse update(String set) {
        return company.owner()
                .asks()
                .post("/api/v2/policy-sets/" + set + "/actions/update")
                .then();
    }

    private ValidatableResponse send(String method, String path, String attributes) {
        return company.owner()
                .asks()
                .body("{\"data\":{\"attributes\":" + attributes + "}}")
                .request(method, "/api/v2/" + path)
                .then();
    }
}
