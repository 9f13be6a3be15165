package io.terrafleet.api.access;

import io.terrafleet.api.access.RateLimits.Allowance;
import io.terrafleet.api.problem.Problem;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import java.util.Locale;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Turns a token away that asks too often. The numbers in the headers are read by clients that end their process over anything that is not
 * one.
 */
@Singleton
public class RateLimitFilter {
    private static final String ALLOWANCE = "io.terrafleet.allowance";

    private final RateLimits limits;
    private final Caller caller;

    RateLimitFilter(RateLimits limits, Caller caller) {
        this.limits = limits;
        this.caller = caller;
    }

    @ServerRequestFilter(priority = Priorities.AUTHENTICATION + 100)
    public void count(ContainerRequestContext request) {
        if (!limits.on() || caller.known().isEmpty()) {
            return;
        }
        Principal who = caller.principal();
        Allowance allowance = limits.take(who.kind().word() + "/" + who.id());
        request.setProperty(ALLOWANCE, allowance);
        if (allowance.exceeded()) {
            throw Problem.of(
                    429,
                    "too many requests",
                    "At most " + allowance.limit() + " requests a second are served; try again in "
                            + number(allowance.reset()) + " seconds.");
        }
    }

    @ServerResponseFilter
    public void tell(ContainerRequestContext request, ContainerResponseContext answer) {
        if (!limits.on()) {
            return;
        }
        answer.getHeaders().putSingle("X-RateLimit-Limit", Integer.toString(limits.perSecond()));
        if (request.getProperty(ALLOWANCE) instanceof Allowance allowance) {
            answer.getHeaders().putSingle("X-RateLimit-Remaining", Integer.toString(allowance.remaining()));
            answer.getHeaders().putSingle("X-RateLimit-Reset", number(allowance.reset()));
        }
    }

    private static String number(double seconds) {
        return String.format(Locale.ROOT, "%.3f", seconds);
    }
}
