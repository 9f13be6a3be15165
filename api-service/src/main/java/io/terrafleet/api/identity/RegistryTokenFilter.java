package io.terrafleet.api.identity;

import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Principal;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Lets a run's terraform read modules and providers of its organization, by the token that its phase was given for that. */
@Singleton
public class RegistryTokenFilter {
    private static final String REGISTRY = "/api/registry/v1/";
    private static final String BEARER = "Bearer ey";

    private final RegistryTokens tokens;
    private final Caller caller;

    RegistryTokenFilter(RegistryTokens tokens, Caller caller) {
        this.tokens = tokens;
        this.caller = caller;
    }

    @ServerRequestFilter(priority = Priorities.AUTHENTICATION - 40)
    public void filter(ContainerRequestContext request) {
        String header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (header == null
                || header.length() > 8_192
                || !header.startsWith(BEARER)
                || !request.getMethod().equals("GET")
                || !request.getUriInfo().getPath().startsWith(REGISTRY)) {
            return;
        }
        tokens.read(header.substring("Bearer ".length()).trim())
                .ifPresent(claims -> caller.is(new Principal(
                        String.valueOf(claims.get("terraform_run_id")),
                        "run",
                        false,
                        Optional.of(String.valueOf(claims.get("terraform_organization_id"))))));
    }
}
