package io.terrafleet.api.organization;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.common.annotation.RunOnVirtualThread;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Needs;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.access.TokenLimits;
import io.terrafleet.api.access.TokenLimits.Limit;
import io.terrafleet.api.document.Documents;
import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.problem.Problem;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.PathParam;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.Response;
import jakarta.ws.rs.core.UriInfo;
import java.io.InputStream;
import java.time.Duration;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;

/** How long an organization's tokens may last, by kind. */
@Path("/api/v2/organizations/{organization}/token-ttl-policies")
@RunOnVirtualThread
public class TokenLimitResource {
    private final TokenLimits limits;
    private final Organizations organizations;
    private final Caller caller;

    TokenLimitResource(TokenLimits limits, Organizations organizations, Caller caller) {
        this.limits = limits;
        this.organizations = organizations;
        this.caller = caller;
    }

    @GET
    @Needs(Permission.OWN)
    public Response list(@PathParam("organization") String name, @Context UriInfo uri) {
        return Documents.slice(
                limits.of(owned(name)).stream().map(TokenLimitResource::view).toList(), uri);
    }

    /** {@code token-ttl-policies} is a list of {@code token-type} and {@code max-ttl-ms}; null for the latter takes a limit away. */
    @PATCH
    @Needs(Permission.OWN)
    public Response set(@PathParam("organization") String name, InputStream body) {
        String organization = owned(name);
        Map<TokenLimits.Type, Optional<Duration>> wanted =
                wanted(RequestDocument.read(body).raw("token-ttl-policies"));
        return Documents.list(limits.set(organization, wanted).stream()
                .map(TokenLimitResource::view)
                .toList());
    }

    private static Map<TokenLimits.Type, Optional<Duration>> wanted(JsonNode list) {
        if (!list.isArray() || list.size() > 20) {
            throw Problem.invalid(
                    "token-ttl-policies",
                    "Token ttl policies must be a list of at most 20 objects with token-type and max-ttl-ms");
        }
        Map<TokenLimits.Type, Optional<Duration>> wanted = new EnumMap<>(TokenLimits.Type.class);
        for (JsonNode entry : list) {
            TokenLimits.Type type = TokenLimits.Type.of(entry.path("token-type").asText())
                    .orElseThrow(() -> Problem.invalid(
                            "token-ttl-policies",
                            "Token type must be organization, team, user or audit_trails; there are no others here"));
            JsonNode millis = entry.path("max-ttl-ms");
            if (!millis.isNull() && !(millis.isIntegralNumber() && millis.canConvertToLong())) {
                throw Problem.invalid(
                        "token-ttl-policies",
                        "Max ttl ms must be a whole number of milliseconds, or null for no limit");
            }
            wanted.put(type, millis.isNull() ? Optional.empty() : Optional.of(Duration.ofMillis(millis.longValue())));
        }
        return wanted;
    }

    private String owned(String name) {
        return organizations.permitted(caller.principal(), name, Permission.OWN).id();
    }

    private static Resource view(Limit limit) {
        return Resource.of("organization-token-ttl-policies", limit.id())
                .with("token-type", limit.type().word())
                .with("max-ttl-ms", limit.longest().toMillis())
                .with("created-at", limit.createdAt())
                .with("updated-at", limit.updatedAt());
    }
}
