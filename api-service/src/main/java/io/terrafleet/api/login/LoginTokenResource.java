package io.terrafleet.api.login;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Open;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import java.util.Optional;
import org.jboss.resteasy.reactive.RestForm;
import org.jspecify.annotations.Nullable;

/** The token endpoint of OAuth 2.0 (RFC 6749 section 4.1.3): the terraform command brings a code and its verifier. */
@Path("/oauth2/token")
@RunOnVirtualThread
@Open(because = "the code and its verifier are checked here")
public class LoginTokenResource {
    private final Logins logins;

    LoginTokenResource(Logins logins) {
        this.logins = logins;
    }

    /** @param clientId may also stand in the Authorization header, where it says nothing new */
    @POST
    public Response token(
            @RestForm("grant_type") @Nullable String grantType,
            @RestForm("client_id") @Nullable String clientId,
            @RestForm @Nullable String code,
            @RestForm("code_verifier") @Nullable String verifier,
            @RestForm("redirect_uri") @Nullable String redirectUri) {
        if (!"authorization_code".equals(grantType)) {
            return error("unsupported_grant_type", "grant_type must be authorization_code");
        }
        if (clientId != null && !clientId.equals(LoginRequest.CLIENT)) {
            return error("invalid_client", "client_id must be " + LoginRequest.CLIENT);
        }
        Optional<String> token = logins.redeem(text(code), text(verifier), text(redirectUri));
        return token.map(secret -> answer(
                        200,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("access_token", secret)
                                .put("token_type", "bearer")))
                .orElseGet(() -> error(
                        "invalid_grant",
                        "The code is unknown, used or older than five minutes. Run terraform login again."));
    }

    private static String text(@Nullable String given) {
        return given == null ? "" : given;
    }

    private static Response error(String code, String description) {
        return answer(
                400, JsonNodeFactory.instance.objectNode().put("error", code).put("error_description", description));
    }

    private static Response answer(int status, ObjectNode document) {
        return Response.status(status)
                .type(MediaType.APPLICATION_JSON_TYPE)
                .header("Cache-Control", "no-store")
                .entity(document.toString())
                .build();
    }
}
