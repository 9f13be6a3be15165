package io.terrafleet.api.document;

import io.terrafleet.api.problem.Problem;
import jakarta.inject.Singleton;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/** Turns away addresses with a NUL character: no name or id has one, and the database would choke on it. */
@Singleton
public class CleanAddressFilter {
    @ServerRequestFilter(preMatching = true)
    public void filter(ContainerRequestContext request) {
        if (request.getUriInfo().getRequestUri().toString().contains("%00")) {
            throw Problem.malformed("An address must not contain the character NUL (%00).");
        }
    }
}
