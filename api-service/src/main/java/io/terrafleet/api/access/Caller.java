package io.terrafleet.api.access;

import io.quarkus.vertx.http.runtime.CurrentVertxRequest;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.Ids;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.net.SocketAddress;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.RequestScoped;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import java.util.random.RandomGenerator;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The principal of the request at hand, and what has been asked on their behalf. Set by {@link AuthenticationFilter}. */
@RequestScoped
public class Caller {
    private static final Pattern REQUEST_ID = Pattern.compile("[A-Za-z0-9_.:-]{1,100}");

    private final Set<Permission> asked = EnumSet.noneOf(Permission.class);
    private @Nullable Principal principal;

    private final CurrentVertxRequest http;
    private final RandomGenerator random;
    private @Nullable String requestId;
    private final Map<StandingOf, Standing> standings = new HashMap<>();

    Caller(CurrentVertxRequest http, @Identifier("api") RandomGenerator random) {
        this.http = http;
        this.random = random;
    }

    /**
     * Where the request at hand comes from.
     *
     * @param address of the client, as the proxy tells it where one is trusted
     * @param requestId what the client or a proxy called the request, or what we call it
     */
    public record Origin(Optional<String> address, String requestId) {}

    /** Empty outside of a request over HTTP. */
    public Optional<Origin> origin() {
        RoutingContext current = http.getCurrent();
        if (current == null) {
            return Optional.empty();
        }
        Optional<String> address =
                Optional.ofNullable(current.request().remoteAddress()).map(SocketAddress::hostAddress);
        return Optional.of(new Origin(address, requestId(current)));
    }

    private String requestId(RoutingContext current) {
        if (requestId == null) {
            String given = current.request().getHeader("X-Request-Id");
            requestId = given != null && REQUEST_ID.matcher(given).matches() ? given : Ids.make("req", random);
        }
        return requestId;
    }

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

    private record StandingOf(Principal who, String organizationId) {}

    /** What somebody has in an organization. It stays as it is within one request that only reads. */
    Standing standing(Principal who, String organizationId, Supplier<Standing> asked) {
        RoutingContext current = http.getCurrent();
        if (current == null || !HttpMethod.GET.equals(current.request().method())) {
            return asked.get();
        }
        return standings.computeIfAbsent(new StandingOf(who, organizationId), fresh -> asked.get());
    }

    void asks(Permission permission) {
        asked.add(permission);
    }

    boolean asked(Permission permission) {
        return asked.contains(permission);
    }
}
