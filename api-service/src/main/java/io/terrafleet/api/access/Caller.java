package io.terrafleet.api.access;

import io.terrafleet.api.problem.Problem;
import jakarta.enterprise.context.RequestScoped;
import java.util.EnumSet;
import java.util.Optional;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The principal of the request at hand, and what has been asked on their behalf. Set by {@link AuthenticationFilter}. */
@RequestScoped
public class Caller {
    private final Set<Permission> asked = EnumSet.noneOf(Permission.class);
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

    void asks(Permission permission) {
        asked.add(permission);
    }

    boolean asked(Permission permission) {
        return asked.contains(permission);
    }
}
