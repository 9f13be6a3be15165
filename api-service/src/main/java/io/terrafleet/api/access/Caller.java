package io.terrafleet.api.access;

import io.terrafleet.api.problem.Problem;
import jakarta.enterprise.context.RequestScoped;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** The principal of the request at hand. Set by {@link AuthenticationFilter} before any resource is called. */
@RequestScoped
public class Caller {
    private @Nullable Principal principal;

    public void is(Principal who) {
        this.principal = who;
    }

    public Principal principal() {
        if (principal == null) {
            throw Problem.unauthorized();
        }
        return principal;
    }

    /** For resources that are open to all and show more to those who are known. */
    public Optional<Principal> known() {
        return Optional.ofNullable(principal);
    }
}
