package io.terrafleet.api.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.terrafleet.api.RunTaker;
import io.terrafleet.api.Tenant;
import io.terrafleet.api.run.RunInput;
import io.terrafleet.api.run.Runs;
import io.terrafleet.api.state.States;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.runner.IdentityToken;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.MalformedClaimException;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jose4j.lang.JoseException;
import org.junit.jupiter.api.Test;

@QuarkusTest
@QuarkusTestResource(PlatformResource.class)
@SuppressWarnings("NullAway.Init")
class IdentityIT {
    @Inject
    Identities identities;

    @Inject
    WorkloadTokens tokens;

    @Inject
    RunTokens runTokens;

    @Inject
    Tenant tenant;

    @Inject
    RunTaker taker;

    @Inject
    Runs runs;

    @Inject
    States states;

    private static final byte[] STATE =
            """
            {"version":4,"terraform_version":"1.11.4","serial":1,"lineage":"one","outputs":{"a":{"value":"x","type":"string"}},"resources":[]}"""
                    .getBytes(StandardCharsets.UTF_8);

    private static Workload workload(String organizationId) {
        return new Workload(
                organizationId, "acme", "prj-1", "Default Project", "ws-1", "web", "run-CZcmD7eagjhyX0vN", "plan");
    }

    /** As a cloud does: from the discovery document to the keys to the claims. */
    private static JwtClaims believed(String token, String audience) throws JoseException, InvalidJwtException {
        String issuer = RestAssured.get("/.well-known/openid-configuration")
                .then()
                .statusCode(200)
                .body("id_token_signing_alg_values_supported", hasItem("RS256"))
                .extract()
                .path("issuer");
        String keys = RestAssured.get(issuer + "/.well-known/jwks")
                .then()
                .statusCode(200)
                .extract()
                .asString();
        assertThat(keys).doesNotContain("\"d\"");
        return new JwtConsumerBuilder()
                .setVerificationKeyResolver(new JwksVerificationKeyResolver(new JsonWebKeySet(keys).getJsonWebKeys()))
                .setExpectedIssuer(issuer)
                .setExpectedAudience(audience)
                .setRequireExpirationTime()
                .setRequireSubject()
                .build()
                .processToClaims(token);
    }

    @Test
    void aCloudCanBelieveAToken() throws JoseException, InvalidJwtException, MalformedClaimException {
        String token = identities.token(workload("org-1"), "aws.workload.identity", Duration.ofHours(1));
        JwtClaims claims = believed(token, "aws.workload.identity");
        assertThat(claims.getSubject())
                .isEqualTo("organization:acme:project:Default Project:workspace:web:run_phase:plan");
        assertThat(claims.getStringClaimValue("terraform_run_phase")).isEqualTo("plan");
        assertThat(claims.getStringClaimValue("terraform_workspace_id")).isEqualTo("ws-1");
        assertThat(claims.getStringClaimValue("terraform_full_workspace"))
                .isEqualTo("organization:acme:project:Default Project:workspace:web");
    }

    @Test
    void keysRotateAndOlderTokensAreBelievedUntilTheyAreTrimmed() throws JoseException, InvalidJwtException {
        String before = identities.token(workload("org-1"), "x", Duration.ofHours(1));
        identities.rotate();
        String after = identities.token(workload("org-1"), "x", Duration.ofHours(1));
        assertThat(before.substring(0, before.indexOf('.'))).isNotEqualTo(after.substring(0, after.indexOf('.')));
        assertThat(believed(before, "x")).isNotNull();
        assertThat(believed(after, "x")).isNotNull();
        identities.trim();
        assertThatThrownBy(() -> believed(before, "x")).isInstanceOf(InvalidJwtException.class);
        assertThat(believed(after, "x")).isNotNull();
        assertThatThrownBy(() -> believed(after, "other")).isInstanceOf(InvalidJwtException.class);
        tenant.person()
                .asks()
                .post("/api/v2/admin/oidc-settings/actions/rotate-key")
                .then()
                .statusCode(404);
    }

    @Test
    void theDocumentedVariablesSwitchTokensOn() {
        List<IdentityToken> given = tokens.of(
                workload("org-1"),
                Map.of(
                        "TFC_WORKLOAD_IDENTITY_AUDIENCE", "my.audience",
                        "TFC_WORKLOAD_IDENTITY_AUDIENCE_EU", "eu.audience",
                        "TFC_AWS_PROVIDER_AUTH", "true",
                        "TFC_AZURE_PROVIDER_AUTH", "false",
                        "TFC_GCP_PROVIDER_AUTH_A", "true",
                        "TFC_GCP_WORKLOAD_PROVIDER_NAME_A",
                                "projects/1/locations/global/workloadIdentityPools/p/providers/q",
                        "TFC_VAULT_PROVIDER_AUTH", "true",
                        "TFC_VAULT_WORKLOAD_IDENTITY_AUDIENCE", "our.vault"),
                Duration.ofHours(1));
        assertThat(given)
                .filteredOn(token -> !token.kind().equals("registry"))
                .extracting(token -> token.kind() + "/" + token.tag() + "/" + token.audience())
                .containsExactlyInAnyOrder(
                        "generic//my.audience",
                        "generic/EU/eu.audience",
                        "aws//aws.workload.identity",
                        "gcp/A///iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q",
                        "vault//our.vault");
    }

    @Test
    void aRunReadsItsOrganizationsRegistryWhileItIsAtWork() {
        Tenant.Company company = tenant.company();
        Workspace workspace = tenant.workspace(company);
        company.owner()
                .asks()
                .body(
                        "{\"data\":{\"attributes\":{\"name\":\"net\",\"provider\":\"aws\",\"registry-name\":\"private\"}}}")
                .post("/api/v2/organizations/" + company.name() + "/registry-modules")
                .then()
                .statusCode(201);
        taker.configure(company, workspace);
        RunId run = taker.queued(company, workspace);
        Workload workload = of(company, workspace, run);
        String token = runTokens.token(workload, Duration.ofHours(1));
        asks("/api/registry/v1/modules/" + company.name() + "/net/aws/versions", token, 200);
        asks("/api/registry/v1/modules/" + tenant.company().name() + "/net/aws/versions", token, 404);
        asks("/api/v2/organizations/" + company.name() + "/teams", token, 401);
        asks("/api/v2/organizations/" + company.name() + "/workspaces", token, 401);
        String other = identities.token(workload, "aws.workload.identity", Duration.ofHours(1));
        asks("/api/registry/v1/modules/" + company.name() + "/net/aws/versions", other, 401);
        String late = runTokens.token(workload, Duration.ofHours(-1));
        asks("/api/registry/v1/modules/" + company.name() + "/net/aws/versions", late, 401);
        runs.wish(run, new RunInput.Cancel("mara"), "canceled", "");
        asks("/api/registry/v1/modules/" + company.name() + "/net/aws/versions", token, 401);
    }

    @Test
    void aRunReadsTheStatesThatAreSharedWithItsWorkspaceAndNoOther() {
        Tenant.Company company = tenant.company();
        Workspace reader = tenant.workspace(company);
        Workspace shared = tenant.workspace(company);
        Workspace closed = tenant.workspace(company);
        taker.configure(company, reader);
        RunId run = taker.queued(company, reader);
        String token = runTokens.token(of(company, reader, run), Duration.ofHours(1));
        company.owner()
                .asks()
                .body("{\"data\":[{\"type\":\"workspaces\",\"id\":\"" + reader.id() + "\"}]}")
                .post("/api/v2/workspaces/" + shared.id() + "/relationships/remote-state-consumers")
                .then()
                .statusCode(204);
        for (Workspace workspace : List.of(shared, closed)) {
            states.recordFromRun(workspace.id(), new RunId("run-0000000000000000"), STATE);
        }
        String byName = "/api/v2/organizations/" + company.name() + "/workspaces/";
        asks(byName + shared.name(), token, 200);
        asks(byName + closed.name(), token, 404);
        asks("/api/v2/workspaces/" + shared.id() + "/current-state-version", token, 200);
        asks("/api/v2/workspaces/" + shared.id() + "/current-state-version-outputs", token, 200);
        asks("/api/v2/workspaces/" + closed.id() + "/current-state-version", token, 404);
        asks("/api/v2/workspaces/" + reader.id(), token, 200);
        String id = states.current(shared.id()).orElseThrow().id();
        asks("/api/v2/state-versions/" + id + "/download", token, 200);
        String theirs = states.current(closed.id()).orElseThrow().id();
        asks("/api/v2/state-versions/" + theirs + "/download", token, 404);
        asks("/api/v2/workspaces/" + shared.id() + "/vars", token, 401);
        runs.wish(run, new RunInput.Cancel("mara"), "canceled", "");
        asks("/api/v2/workspaces/" + shared.id() + "/current-state-version", token, 401);
    }

    private static Workload of(Tenant.Company company, Workspace workspace, RunId run) {
        return new Workload(
                company.id(),
                company.name(),
                workspace.projectId(),
                workspace.projectName(),
                workspace.id().value(),
                workspace.name(),
                run.value(),
                "plan");
    }

    private static void asks(String path, String token, int status) {
        RestAssured.given()
                .header("Authorization", "Bearer " + token)
                .get(path)
                .then()
                .statusCode(status);
    }
}
