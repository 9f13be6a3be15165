package io.terrafleet.policy.engine;

import io.terrafleet.contracts.PrivateAddresses;
import io.terrafleet.policy.evaluation.Engine;
import io.terrafleet.rego.value.ObjectValue;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.time.Duration;
import java.util.Optional;

/**
 * The door to OPA servers that policy sets name. Redirects are not followed, and unless the operator allows it no address of a private
 * network is asked: the name is resolved and judged before every request; the JVM keeps the answer for the connection that follows.
 */
public final class OpaServers implements AutoCloseable {
    private final Duration answerWithin;
    private final boolean allowPrivate;
    private final HttpClient http;

    /**
     * @param answerWithin for one policy, the whole answer
     * @param allowPrivate whether addresses of private networks and of this machine may be asked
     */
    public OpaServers(Duration answerWithin, boolean allowPrivate) {
        this.answerWithin = answerWithin;
        this.allowPrivate = allowPrivate;
        this.http = HttpClient.newBuilder()
                .connectTimeout(answerWithin)
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /**
     * @param base for example {@code https://opa.example.com}; what is asked is {@code POST base/v1/data/…}
     * @param input what the server is told
     * @param token sent as a bearer token
     * @param readsCost whether the server's policies look at the cost, as far as is known
     */
    public Engine at(URI base, ObjectValue input, Optional<String> token, boolean readsCost) {
        return new OpaEngine(this, http, answerWithin, base, input, token, readsCost);
    }

    /** Why the address may not be asked; empty when it may. */
    Optional<String> objection(URI address) {
        boolean web = "https".equals(address.getScheme()) || "http".equals(address.getScheme());
        String host = address.getHost();
        if (!web || host == null) {
            return Optional.of("its address must be one such as https://opa.example.com");
        }
        try {
            for (InetAddress resolved : InetAddress.getAllByName(host.replaceAll("^\\[|]$", ""))) {
                if (!reachable(resolved)) {
                    return Optional.of("its address is not on the public internet");
                }
            }
            return Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.of("its name is not known");
        }
    }

    /** Whether policies may reach this address. */
    public boolean reachable(InetAddress address) {
        return allowPrivate || !PrivateAddresses.isPrivate(address);
    }

    @Override
    public void close() {
        http.shutdownNow();
    }
}
