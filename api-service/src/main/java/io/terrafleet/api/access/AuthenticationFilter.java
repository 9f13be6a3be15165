package io.terrafleet.api.access;

import io.terrafleet.api.problem.Problem;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Nobody passes without a token, save where a resource is marked {@link Open} or an earlier filter knows the caller. */
@Singleton
public class AuthenticationFilter {
    private static final String BEARER = "Bearer ";

    private final Tokens tokens;
    private final Caller caller;

    AuthenticationFilter(Tokens tokens, Caller caller) {
        this.tokens = tokens;
        this.caller = caller;
    }

    @ServerRequestFilter(priority = Priorities.AUTHENTICATION)
    public void filter(ContainerRequestContext request, ResourceInfo resource) {
        boolean open = resource.getResourceMethod().isAnnotationPresent(Open.class)
                || resource.getResourceClass().isAnnotationPresent(Open.class);
        if (open || caller.known().isPresent()) {
            return;
        }
        Optional<Principal> principal = bearer(request).flatMap(tokens::authenticate);
        caller.is(principal.orElseThrow(Problem::unauthorized));
    }

    private static Optional<String> bearer(ContainerRequestContext request) {
        String header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        return header != null && header.regionMatches(true, 0, BEARER, 0, BEARER.length())
                ? Optional.of(header.substring(BEARER.length()).trim())
                : Optional.empty();
    }
}
