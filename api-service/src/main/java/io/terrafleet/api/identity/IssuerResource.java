package io.terrafleet.api.identity;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Open;
import io.terrafleet.contracts.Json;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What clouds read to believe our tokens: https://openid.net/specs/openid-connect-discovery-1_0.html. */
@Path("/.well-known")
@RunOnVirtualThread
@Open(because = "clouds read it without knowing us; it holds public keys only")
public class IssuerResource {
    private final Identities identities;

    IssuerResource(Identities identities) {
        this.identities = identities;
    }

    @GET
    @Path("openid-configuration")
    public Response configuration() {
        Map<String, Object> json = new LinkedHashMap<>();
        json.put("issuer", identities.issuer());
        json.put("jwks_uri", identities.issuer() + "/.well-known/jwks");
        json.put("response_types_supported", List.of("id_token"));
        json.put("subject_types_supported", List.of("public"));
        json.put("id_token_signing_alg_values_supported", List.of("RS256"));
        json.put("scopes_supported", List.of("openid"));
        json.put(
                "claims_supported",
                List.of(
                        "sub",
                        "aud",
                        "exp",
                        "iat",
                        "iss",
                        "jti",
                        "nbf",
                        "terraform_run_phase",
                        "terraform_workspace_id",
                        "terraform_workspace_name",
                        "terraform_organization_id",
                        "terraform_organization_name",
                        "terraform_project_id",
                        "terraform_project_name",
                        "terraform_run_id",
                        "terraform_full_workspace"));
        return json(json);
    }

    @GET
    @Path("jwks")
    public Response keys() {
        return json(Map.of("keys", identities.published()));
    }

    private static Response json(Object value) {
        return Response.ok(Json.write(value), MediaType.APPLICATION_JSON).build();
    }
}
