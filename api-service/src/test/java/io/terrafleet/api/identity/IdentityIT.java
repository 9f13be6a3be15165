package io.terrafleet.api.identity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.hamcrest.Matchers.hasItem;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.terrafleet.api.Tenant;
import io.terrafleet.contracts.runner.IdentityToken;
import io.terrafleet.testkit.PlatformResource;
import jakarta.inject.Inject;
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
    RegistryTokens registry;

    @Inject
    Tenant tenant;

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
                .extracting(token -> token.kind() + "/" + token.tag() + "/" + token.audience())
                .containsExactlyInAnyOrder(
                        "registry//",
                        "generic//my.audience",
                        "generic/EU/eu.audience",
                        "aws//aws.workload.identity",
                        "gcp/A///iam.googleapis.com/projects/1/locations/global/workloadIdentityPools/p/providers/q",
                        "vault//our.vault");
    }

    @Test
    void aRunReadsItsOrganizationsRegistryAndNothingElse() {
        Tenant.Company company = tenant.company();
        company.owner()
                .asks()
                .body(
                        "{\"data\":{\"attributes\":{\"name\":\"net\",\"provider\":\"aws\",\"registry-name\":\"private\"}}}")
                .post("/api/v2/organizations/" + company.name() + "/registry-modules")
                .then()
                .statusCode(201);
        String token = registry.token(workload(company.id()), Duration.ofHours(1));
        asks("/api/registry/v1/modules/" + company.name() + "/net/aws/versions", token, 200);
        asks("/api/registry/v1/modules/" + tenant.company().name() + "/net/aws/versions", token, 404);
        asks("/api/v2/organizations/" + company.name(), token, 401);
        String other = identities.token(workload(company.id()), "aws.workload.identity", Duration.ofHours(1));
        asks("/api/registry/v1/modules/" + company.name() + "/net/aws/versions", other, 401);
        String late = registry.token(workload(company.id()), Duration.ofHours(-1));
        asks("/api/registry/v1/modules/" + company.name() + "/net/aws/versions", late, 401);
    }

    private static void asks(String path, String token, int status) {
        RestAssured.given()
                .header("Authorization", "Bearer " + token)
                .get(path)
                .then()
                .statusCode(status);
    }
}
