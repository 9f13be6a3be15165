package io.terrafleet.api.policy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.empty;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasSize;
import static org.hamcrest.Matchers.not;
import static org.hamcrest.Matchers.notNullValue;
import static org.hamcrest.Matchers.nullValue;
import static org.hamcrest.Matchers.startsWith;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.response.ValidatableResponse;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.access.Role;
import io.terrafleet.api.artifact.Artifacts;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.event.Enforcement;
import io.terrafleet.contracts.event.PolicySetRef;
import io.terrafleet.testkit.PlatformResource;
import io.terrafleet.testkit.TarGz;
import jakarta.inject.Inject;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class PolicySetIT {
    private static final String REGO = "package acme\n\ndeny contains \"no\" if false\n";

    @Inject
    Tenant tenant;

    @Inject
    PolicySets sets;

    @Inject
    Workspaces workspaces;

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
    void everyOrganizationHasTheSecurityStandards() {
        get("organizations/" + company.name() + "/policy-sets")
                .statusCode(200)
                .body("data", hasSize(1))
                .body("data[0].attributes.name", equalTo("security-standards"))
                .body("data[0].attributes.global", equalTo(true))
                .body("data[0].attributes.overridable", equalTo(true))
                .body("data[0].attributes.kind", equalTo("opa"))
                .body("data[0].attributes.vcs-repo", nullValue())
                .body("data[0].relationships.organization.data.id", equalTo(company.name()))
                .body("data[0].relationships.policies.data", hasSize(4));

        PolicySetRef standards = sets.applicableTo(workspace).getFirst();
        assertThat(standards.library()).isTrue();
        assertThat(standards.bundle()).isEmpty();
        assertThat(standards.policies())
                .extracting(PolicySetRef.PolicyRef::name)
                .containsExactly("ec2_hardened_ami", "encryption_at_rest", "phi_access", "sg_ingress_cidr");
        assertThat(standards.policies()).allSatisfy(policy -> {
            assertThat(policy.enforcement()).isEqualTo(Enforcement.MANDATORY);
            assertThat(policy.query()).isEqualTo("data.terrafleet." + policy.name() + ".deny");
        });
    }

    @Test
    void whoLooksForAnotherKindFindsNone() {
        for (String list : List.of("policy-sets", "policies")) {
            String address = "organizations/" + company.name() + "/" + list;
            get(address + "?filter%5Bkind%5D=sentinel").statusCode(200).body("data", hasSize(0));
            get(address + "?filter%5Bkind%5D=opa").statusCode(200).body("data", not(empty()));
        }
    }

    @Test
    void itsParametersAreJson() {
        String parameters = "policy-sets/" + standards() + "/parameters";
        post(
                        parameters,
                        "{\"data\":{\"type\":\"vars\",\"attributes\":{\"key\":\"allowed_amis\",\"value\":\"[\\\"ami-1\\\"]\"}}}")
                .statusCode(201)
                .body("data.attributes.category", equalTo("policy-set"))
                .body("data.relationships.configurable.data.type", equalTo("policy-sets"));
        post(parameters, "{\"data\":{\"attributes\":{\"key\":\"phi_resources\",\"value\":\"not json\"}}}")
                .statusCode(422)
                .body("errors[0].detail", startsWith("Value must be JSON"));
        post(parameters, "{\"data\":{\"attributes\":{\"key\":\"allowed_amis\",\"value\":\"[]\"}}}")
                .statusCode(422)
                .body("errors[0].detail", equalTo("Key has already been taken"));
        post(parameters, "{\"data\":{\"attributes\":{\"key\":\"a b\",\"value\":\"1\"}}}")
                .statusCode(422);

        assertThat(sets.applicableTo(workspace).getFirst().parameters())
                .hasEntrySatisfying("allowed_amis", value -> assertThat(value).hasToString("[\"ami-1\"]"));
        String id = get(parameters).body("data", hasSize(1)).extract().path("data[0].id");
        company.owner()
                .asks()
                .body("{\"data\":{\"attributes\":{\"value\":\"[]\"}}}")
                .patch("/api/v2/" + parameters + "/" + id)
                .then()
                .statusCode(200)
                .body("data.attributes.value", equalTo("[]"));
        company.owner().asks().delete("/api/v2/" + parameters + "/" + id).then().statusCode(204);
        get(parameters + "/" + id).statusCode(404);
    }

    private void put(String address, byte[] archive, int status) {
        io.restassured.RestAssured.given()
                .urlEncodingEnabled(false)
                .contentType("application/octet-stream")
                .body(archive)
                .put(address)
                .then()
                .statusCode(status);
    }

    @Test
    void aSetOfVersionsIsJudgedByItsNewestArchive() throws IOException {
        String set = post(
                        "organizations/" + company.name() + "/policy-sets",
                        "{\"data\":{\"attributes\":{\"name\":\"versions\",\"kind\":\"opa\",\"global\":true}}}")
                .statusCode(201)
                .body("data.attributes.versioned", equalTo(false))
                .extract()
                .path("data.id");
        String broken = post("policy-sets/" + set + "/versions", "")
                .statusCode(201)
                .body("data.attributes.status", equalTo("pending"))
                .extract()
                .path("data.links.upload");
        put(broken, TarGz.of(Map.of("acme/a.rego", REGO, "policies.hcl", "policy \"a\" {\n  query = 1\n}")), 422);
        put(broken, TarGz.of(Map.of("acme/a.rego", REGO)), 409);
        assertThat(applicable("versions")).isEmpty();
        var unparsed =
                post("policy-sets/" + set + "/versions", "").statusCode(201).extract();
        put(unparsed.path("data.links.upload"), TarGz.of(Map.of("acme/a.rego", REGO + "deny contains {\n")), 422);
        get("policy-set-versions/" + unparsed.path("data.id"))
                .body("data.attributes.status", equalTo("errored"))
                .body("data.attributes.error-message", containsString("acme/a.rego:"))
                .body("data.attributes.status-timestamps.errored-at", notNullValue());
        var version =
                post("policy-sets/" + set + "/versions", "").statusCode(201).extract();
        String policies =
                """
                # what must hold
                policy "no-fun" {
                  query             = "data.acme.deny" // a set
                  enforcement_level = "mandatory"
                  description       = "No \\"fun\\" at all"
                }
                policy "smell" { query = "data.acme.warn" }
                """;
        put(version.path("data.links.upload"), TarGz.of(Map.of("acme/a.rego", REGO, "policies.hcl", policies)), 200);
        get("policy-set-versions/" + version.path("data.id"))
                .statusCode(200)
                .body("data.attributes.status", equalTo("ready"));
        get("policy-sets/" + set)
                .body("data.attributes.versioned", equalTo(true))
                .body("data.relationships.current-version.data.id", equalTo(version.path("data.id")));
        PolicySetRef acme = applicable("versions").orElseThrow();
        assertThat(acme.policies()).extracting(PolicySetRef.PolicyRef::name).containsExactly("no-fun", "smell");
        assertThat(acme.policies().getFirst().enforcement()).isEqualTo(Enforcement.HARD_MANDATORY);
        assertThat(acme.policies().getFirst().description()).contains("No \"fun\" at all");
        assertThat(entries(acme.bundle().orElseThrow())).contains("acme/a.rego=" + REGO);
        tenant.person()
                .asks()
                .get("/api/v2/policy-set-versions/" + version.path("data.id"))
                .then()
                .statusCode(404);
    }

    @Test
    void aSetOfOnesOwnIsJudgedByItsBundle() throws IOException {
        String policy = policy("no-fun", "mandatory");
        upload(policy, REGO).statusCode(200).body("data.attributes.policy-set-count", equalTo(0));
        String set = post(
                        "organizations/" + company.name() + "/policy-sets",
                        "{\"data\":{\"type\":\"policy-sets\",\"attributes\":{\"name\":\"acme\",\"kind\":\"opa\"},\"relationships\":{\"policies\":{\"data\":[{\"type\":\"policies\",\"id\":\""
                                + policy + "\"}]},\"workspaces\":{\"data\":[{\"type\":\"workspaces\",\"id\":\""
                                + workspace.id()
                                + "\"}]}}}}")
                .statusCode(201)
                .body("data.attributes.overridable", equalTo(false))
                .body("data.relationships.policies.data.id", contains(policy))
                .body(
                        "data.relationships.workspaces.data.id",
                        contains(workspace.id().value()))
                .extract()
                .path("data.id");

        PolicySetRef acme = applicable("acme").orElseThrow();
        assertThat(acme.id()).isEqualTo(set);
        assertThat(acme.policies().getFirst().enforcement()).isEqualTo(Enforcement.HARD_MANDATORY);
        ArtifactRef bundle = acme.bundle().orElseThrow();
        assertThat(entries(bundle)).containsExactly("no-fun/policy.rego=" + REGO);
        assertThat(applicable("acme").orElseThrow().bundle()).contains(bundle);
        upload(policy, REGO + "# changed\n").statusCode(200);
        ArtifactRef changed = applicable("acme").orElseThrow().bundle().orElseThrow();
        assertThat(changed).isNotEqualTo(bundle);
        upload(policy, REGO).statusCode(200);
        assertThat(applicable("acme").orElseThrow().bundle()).contains(bundle);
        assertThat(sets.applicableTo(tenant.workspace(company)))
                .extracting(PolicySetRef::name)
                .containsExactly("security-standards");
    }

    @Test
    void projectsAttachAndExclusionsWin() {
        String set = setWithPolicy();
        assertThat(applicable("acme")).isEmpty();

        relate(set, "projects", "projects", workspace.projectId(), true).statusCode(204);
        assertThat(applicable("acme")).isPresent();
        relate(set, "workspace-exclusions", "workspaces", workspace.id().value(), true)
                .statusCode(204);
        assertThat(applicable("acme")).isEmpty();
        relate(set, "workspace-exclusions", "workspaces", workspace.id().value(), false)
                .statusCode(204);
        assertThat(applicable("acme")).isPresent();
        relate(set, "projects", "projects", workspace.projectId(), false).statusCode(204);
        assertThat(applicable("acme")).isEmpty();
        company.owner()
                .asks()
                .body("{\"data\":{\"attributes\":{\"global\":true,\"overridable\":true}}}")
                .patch("/api/v2/policy-sets/" + set)
                .then()
                .statusCode(200);
        assertThat(applicable("acme").orElseThrow().policies().getFirst().enforcement())
                .isEqualTo(Enforcement.MANDATORY);
        relate(set, "project-exclusions", "projects", workspace.projectId(), true)
                .statusCode(204);
        assertThat(applicable("acme")).isEmpty();
    }

    @Test
    void whatIsForeignOrUnfinishedIsNotTied() {
        String set = setWithPolicy();
        Tenant.Company other = tenant.company();
        String theirs = tenant.workspace(other).id().value();

        relate(set, "workspaces", "workspaces", theirs, true)
                .statusCode(422)
                .body("errors[0].detail", containsString(theirs));
        relate(set, "workspaces", "workspaces", "nonsense", true).statusCode(422);
        relate(set, "policies", "policies", policy("later", "advisory"), true)
                .statusCode(422)
                .body("errors[0].detail", containsString("has no text yet"));
        String builtIn = get("organizations/" + company.name() + "/policies?search[name]=phi")
                .body("data", hasSize(1))
                .extract()
                .path("data[0].id");
        relate(set, "policies", "policies", builtIn, true)
                .statusCode(422)
                .body("errors[0].detail", containsString("built-in"));
        relate(set, "nonsense", "policies", builtIn, true).statusCode(404);
        post("policy-sets/" + set + "/relationships/policies", "{\"data\":[{\"type\":\"policies\"}]}")
                .statusCode(422);
        post("policy-sets/" + set + "/relationships/policies", "{}").statusCode(400);
        upload(builtIn, REGO).statusCode(422);
        company.owner().asks().delete("/api/v2/policies/" + builtIn).then().statusCode(422);
    }

    @Test
    void badPoliciesAreTold() {
        String path = "organizations/" + company.name() + "/policies";
        post(path, attributes("\"name\":\"x\""))
                .statusCode(422)
                .body("errors[0].detail", equalTo("Query can't be blank"));
        post(path, attributes("\"name\":\"a b\",\"query\":\"data.a\"")).statusCode(422);
        post(path, attributes("\"name\":\"x\",\"query\":\"input.a; true\""))
                .statusCode(422)
                .body("errors[0].source.pointer", equalTo("/data/attributes/query"));
        post(path, attributes("\"name\":\"x\",\"query\":\"data.a\",\"kind\":\"sentinel\""))
                .statusCode(422);
        post(path, attributes("\"name\":\"x\",\"query\":\"data.a\",\"enforcement-level\":\"maybe\""))
                .statusCode(422);
        post(
                        path,
                        attributes(
                                "\"name\":\"x\",\"query\":\"data.a\",\"enforce\":[{\"path\":\"x.rego\",\"mode\":\"soft-mandatory\"}]"))
                .statusCode(201)
                .body("data.attributes.enforcement-level", equalTo("mandatory"));
        post(path, attributes("\"name\":\"X\",\"query\":\"data.a\""))
                .statusCode(422)
                .body("errors[0].detail", equalTo("Name has already been taken"));
        String policy = policy("y", "advisory");
        upload(policy, "no rego").statusCode(422).body("errors[0].detail", containsString("no \"package\" line"));
        upload(policy, REGO + "#".repeat(1_000_000)).statusCode(413);
        upload(policy, "package acme\n\ndeny contains \"no\" if {\n")
                .statusCode(422)
                .body("errors[0].detail", containsString("policy.rego:4:1"));
        company.owner()
                .asks()
                .contentType("application/octet-stream")
                .body(new byte[] {(byte) 0xff, 'p'})
                .put("/api/v2/policies/" + policy + "/upload")
                .then()
                .statusCode(422)
                .body("errors[0].detail", containsString("not UTF-8"));
        get("policies/" + policy + "/download").statusCode(404);
        upload(policy, "package acme\n\ndeny[msg] { msg := \"in the language's older version\" }\n")
                .statusCode(200);
        upload(policy, REGO).statusCode(200);
        assertThat(get("policies/" + policy + "/download")
                        .statusCode(200)
                        .extract()
                        .asString())
                .isEqualTo(REGO);
        post(
                        "organizations/" + company.name() + "/policy-sets",
                        attributes("\"name\":\"v\",\"vcs-repo\":{\"identifier\":\"a/b\"}"))
                .statusCode(422);
        post("organizations/" + company.name() + "/policy-sets", attributes("\"name\":\"Security-Standards\""))
                .statusCode(422);
    }

    @Test
    void onlyOwnersManageAndStrangersSeeNothing() {
        String set = standards();
        Tenant.Person writer = tenant.member(company, Role.WRITER);
        writer.asks().get("/api/v2/policy-sets/" + set).then().statusCode(200);
        writer.asks().delete("/api/v2/policy-sets/" + set).then().statusCode(403);
        writer.asks()
                .body(attributes("\"name\":\"x\""))
                .post("/api/v2/organizations/" + company.name() + "/policies")
                .then()
                .statusCode(403);
        tenant.person().asks().get("/api/v2/policy-sets/" + set).then().statusCode(404);
        tenant.person()
                .asks()
                .get("/api/v2/policy-sets/" + set + "/parameters")
                .then()
                .statusCode(404);
        company.owner().asks().delete("/api/v2/policy-sets/" + set).then().statusCode(204);
        assertThat(sets.applicableTo(workspace)).isEmpty();
    }

    @Test
    void whatAnEventMustCarryIsBounded() {
        String parameters = "policy-sets/" + standards() + "/parameters";
        int status = 201;
        for (int i = 0; i < 20 && status == 201; i++) {
            String value = "\\\"" + "x".repeat(32_000) + "\\\"";
            status = post(
                            parameters,
                            "{\"data\":{\"attributes\":{\"key\":\"k" + i + "\",\"value\":\"" + value + "\"}}}")
                    .extract()
                    .statusCode();
        }
        assertThat(status).isEqualTo(422);
        assertThat(sets.applicableTo(workspace).getFirst().parameters()).hasSizeBetween(10, 13);
    }

    @Test
    void aDeletedWorkspaceIsForgotten() {
        String set = setWithPolicy();
        relate(set, "workspaces", "workspaces", workspace.id().value(), true).statusCode(204);

        workspaces.delete(workspace.id(), false);

        get("policy-sets/" + set).body("data.relationships.workspaces.data", hasSize(0));
    }

    private java.util.Optional<PolicySetRef> applicable(String name) {
        return sets.applicableTo(workspace).stream()
                .filter(set -> set.name().equals(name))
                .findFirst();
    }

    private String standards() {
        return get("organizations/" + company.name() + "/policy-sets").extract().path("data[0].id");
    }

    private String setWithPolicy() {
        String policy = policy("no-fun", "mandatory");
        upload(policy, REGO).statusCode(200);
        String set = post("organizations/" + company.name() + "/policy-sets", attributes("\"name\":\"acme\""))
                .statusCode(201)
                .extract()
                .path("data.id");
        relate(set, "policies", "policies", policy, true).statusCode(204);
        return set;
    }

    private String policy(String name, String enforcement) {
        return post(
                        "organizations/" + company.name() + "/policies",
                        attributes("\"name\":\"" + name + "\",\"query\":\"data.acme.deny\",\"enforcement-level\":\""
                                + enforcement + "\""))
                .statusCode(201)
                .extract()
                .path("data.id");
    }

    private ValidatableResponse upload(String policy, String rego) {
        return company.owner()
                .asks()
                .contentType("application/octet-stream")
                .body(rego.getBytes(StandardCharsets.UTF_8))
                .put("/api/v2/policies/" + policy + "/upload")
                .then();
    }

    private ValidatableResponse relate(String set, String relationship, String type, String id, boolean add) {
        var request = company.owner().asks().body("{\"data\":[{\"type\":\"" + type + "\",\"id\":\"" + id + "\"}]}");
        String path = "/api/v2/policy-sets/" + set + "/relationships/" + relationship;
        return (add ? request.post(path) : request.delete(path)).then();
    }

    private ValidatableResponse get(String path) {
        return company.owner().asks().get("/api/v2/" + path).then();
    }

    private ValidatableResponse post(String path, String body) {
        return company.owner().asks().body(body).post("/api/v2/" + path).then();
    }

    private static String attributes(String attributes) {
        return "{\"data\":{\"attributes\":{" + attributes + "}}}";
    }

    private List<String> entries(ArtifactRef bundle) throws IOException {
        List<String> entries = new ArrayList<>();
        try (InputStream content = artifacts.open(bundle.id());
                TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(content))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                entries.add(entry.getName() + "=" + new String(tar.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return entries;
    }
}
