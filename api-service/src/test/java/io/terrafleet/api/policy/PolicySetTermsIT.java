package io.terrafleet.api.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.nullValue;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.response.ValidatableResponse;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.artifact.Artifacts;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.event.PolicySetRef;
import io.terrafleet.testkit.PlatformResource;
import io.terrafleet.testkit.TarGz;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** How a set judges and what its override takes, as organizations set it and judges are told it. */
@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class PolicySetTermsIT {
    @Inject
    Tenant tenant;

    @Inject
    PolicySets sets;

    @Inject
    Artifacts artifacts;

    Tenant.Company company;
    Workspace workspace;

    @BeforeEach
    void aWorkspace() {
        company = tenant.company();
        workspace = tenant.workspace(company);
    }

    @Test
    void termsAreSetAndTold() {
        String set = create("\"required-approvals\":2,\"author-may-override\":false,\"agent-enabled\":false")
                .statusCode(201)
                .body("data.attributes.required-approvals", equalTo(2))
                .body("data.attributes.author-may-override", equalTo(false))
                .body("data.attributes.agent-enabled", equalTo(false))
                .body("data.attributes.undecided-blocks", equalTo(true))
                .extract()
                .path("data.id");
        send("PATCH", "policy-sets/" + set, "{\"undecided-blocks\":false,\"allowed-functions\":[\"http.send\"]}")
                .statusCode(200)
                .body("data.attributes.allowed-functions", contains("http.send"));
        upload(set, TarGz.of(Map.of("main.rego", "package main\n\ndeny[msg] { msg := \"no\" }\n")), 200);

        PolicySetRef.Terms terms = ref().agreed();

        assertThat(terms.requiredApprovals()).isEqualTo(2);
        assertThat(terms.authorMayOverride()).isFalse();
        assertThat(terms.legacy()).isTrue();
        assertThat(terms.undecidedBlocks()).isFalse();
        assertThat(terms.functions()).containsExactly("http.send");
        assertThat(terms.version()).isPresent();
        assertThat(terms.commit()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "\"required-approvals\":0",
                "\"required-approvals\":11",
                "\"allowed-functions\":[\"opa.runtime\"]",
                "\"engine-url\":\"ftp://x\"",
                "\"engine-url\":\"https://user@x\"",
                "\"engine-url\":\"nonsense\"",
                "\"vcs-repo\":{}",
                "\"vcs-repo\":7"
            })
    void whatMakesNoSenseIsRefused(String attribute) {
        create(attribute).statusCode(422);
    }

    @Test
    void conftestPackagesAreAcceptedAsTheyAre() {
        String set = create("\"overridable\":true").statusCode(201).extract().path("data.id");
        upload(set, TarGz.of(Map.of("policy/base.rego", "package main\n\nallow := true\n")), 422);
        upload(
                set,
                TarGz.of(Map.of("policy/base.rego", "package main\n\nviolation[{\"msg\": m}] { m := \"no\" }\n")),
                200);

        assertThat(ref().policies()).isEmpty();
        assertThat(ref().bundle()).isPresent();
        assertThat(ref().agreed().overridable()).isTrue();
    }

    @Test
    void anEngineElsewhereNeedsNoTextHere() {
        String set = create("\"engine-url\":\"https://opa.example.com/\"")
                .statusCode(201)
                .extract()
                .path("data.id");
        String policy = send(
                        "POST",
                        "organizations/" + company.name() + "/policies",
                        "{\"name\":\"far\",\"kind\":\"opa\",\"query\":\"data.acme.deny\"}")
                .statusCode(201)
                .extract()
                .path("data.id");
        company.owner()
                .asks()
                .body("{\"data\":[{\"type\":\"policies\",\"id\":\"" + policy + "\"}]}")
                .post("/api/v2/policy-sets/" + set + "/relationships/policies")
                .then()
                .statusCode(204);

        assertThat(ref().bundle()).isEmpty();
        assertThat(ref().agreed().engine()).contains(URI.create("https://opa.example.com/"));
    }

    @Test
    void sensitiveParametersAreForTheJudgeAlone() throws IOException {
        String set = create("\"overridable\":true").statusCode(201).extract().path("data.id");
        upload(set, TarGz.of(Map.of("main.rego", "package main\n\ndeny[msg] { msg := \"no\" }\n")), 200);
        String parameters = "policy-sets/" + set + "/parameters";
        send("POST", parameters, "{\"key\":\"open\",\"value\":\"seen\"}").statusCode(201);
        String secret = send("POST", parameters, "{\"key\":\"token\",\"value\":\"hunter2\",\"sensitive\":true}")
                .statusCode(201)
                .body("data.attributes.sensitive", equalTo(true))
                .body("data.attributes.value", nullValue())
                .extract()
                .path("data.id");
        company.owner().asks().get("/api/v2/" + parameters).then().body(not(containsString("hunter2")));
        send("PATCH", parameters + "/" + secret, "{\"sensitive\":false}").statusCode(422);

        PolicySetRef told = ref();
        assertThat(told.parameters()).containsOnlyKeys("open");
        assertThat(content(told.agreed().secrets().orElseThrow())).isEqualTo("{\"token\":\"hunter2\"}");
        send("PATCH", parameters + "/" + secret, "{\"value\":\"hunter3\"}").statusCode(200);
        assertThat(content(ref().agreed().secrets().orElseThrow())).isEqualTo("{\"token\":\"hunter3\"}");
        assertThat(content(told.agreed().secrets().orElseThrow())).isEqualTo("{\"token\":\"hunter2\"}");
        company.owner()
                .asks()
                .delete("/api/v2/" + parameters + "/" + secret)
                .then()
                .statusCode(204);
        assertThat(ref().agreed().secrets()).isEmpty();
    }

    private String content(ArtifactRef artifact) throws IOException {
        try (InputStream content = artifacts.open(artifact.id())) {
            return new String(content.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private PolicySetRef ref() {
        return sets.applicableTo(workspace).stream()
                .filter(set -> set.name().equals("own"))
                .findFirst()
                .orElseThrow();
    }

    private ValidatableResponse create(String attributes) {
        return send(
                "POST",
                "organizations/" + company.name() + "/policy-sets",
                "{\"name\":\"own\",\"kind\":\"opa\",\"global\":true," + attributes + "}");
    }

    private void upload(String set, byte[] archive, int status) {
        String address = company.owner()
                .asks()
                .post("/api/v2/policy-sets/" + set + "/versions")
                .then()
                .statusCode(201)
                .extract()
                .path("data.links.upload");
        RestAssured.given()
                .urlEncodingEnabled(false)
                .contentType("application/octet-stream")
                .body(archive)
                .put(address)
                .then()
                .statusCode(status);
    }

    private ValidatableResponse send(String method, String path, String attributes) {
        return company.owner()
                .asks()
                .body("{\"data\":{\"attributes\":" + attributes + "}}")
                .request(method, "/api/v2/" + path)
                .then();
    }
}
