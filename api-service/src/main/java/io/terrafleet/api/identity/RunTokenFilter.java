package io.terrafleet.api.identity;

import io.terrafleet.api.access.Caller;
import io.terrafleet.api.access.Grants;
import io.terrafleet.api.access.Principal;
import jakarta.inject.Singleton;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.core.HttpHeaders;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

/**
 * Lets a run's terraform in, by the token that its phase was given for that and while the run is not over: to modules and providers of its
 * organization, and to the states that are shared with its workspace, as {@code terraform_remote_state} and {@code tfe_outputs} read them.
 */
@Singleton
public class RunTokenFilter {
    private static final String BEARER = "Bearer ey";
    /** What it needs and nothing else; which workspaces it sees is a matter of {@link Grants}. */
    private static final Pattern READABLE = Pattern.compile("/api/registry/v1/.*|/api/v2/(ping|account/details"
            + "|organizations/[^/]+(/entitlement-set|/workspaces/[^/]+)?"
            + "|workspaces/[^/]+(/current-state-version(-outputs)?)?"
            + "|state-versions/[^/]+(/download|/json-download|/outputs)?"
            + "|state-version-outputs/[^/]+)");

    private final RegistryTokens tokens;
    private final Grants grants;
    private final Caller caller;

    RunTokenFilter(RegistryTokens tokens, Grants grants, Caller caller) {
        this.tokens = tokens;
        this.grants = grants;
        this.caller = caller;
    }

    @ServerRequestFilter(priority = Priorities.AUTHENTICATION - 40)
    public void filter(ContainerRequestContext request) {
        String header = request.getHeaderString(HttpHeaders.AUTHORIZATION);
        if (header == null
                || header.length() > 8_192
                || !header.startsWith(BEARER)
                || !request.getMethod().equals("GET")
                || !READABLE.matcher(request.getUriInfo().getPath()).matches()) {
            return;
        }
        tokens.read(header.substring("Bearer ".length()).trim())
                .filter(claims -> grants.isAtWork(String.valueOf(claims.get("terraform_run_id"))))
                .ifPresent(claims -> caller.is(new Principal(
                        String.valueOf(claims.get("terraform_run_id")),
                        "run",
                        false,
                        Optional.of(String.valueOf(claims.get("terraform_organization_id"))),
                        Principal.Kind.RUN)));
    }
}
