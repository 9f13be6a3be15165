package io.terrafleet.rego.builtin;

import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;

/**
 * One exchange over HTTP, redirects included, that is over after a while whatever the other side does: a body that trickles in is cut
 * off. The name of every address is resolved and judged before it is asked; the JVM keeps the answer for the connection that follows.
 */
final class HttpExchange {
    private static final int MOST_BODY_BYTES = 10 << 20;
    private static final int MOST_REDIRECTS = 10;
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
    private static final Set<Integer> KEEPING_METHOD = Set.of(307, 308);

    private final Predicate<InetAddress> reachable;
    private final long deadline;

    HttpExchange(Predicate<InetAddress> reachable, Duration patience) {
        this.reachable = reachable;
        this.deadline = System.nanoTime() + patience.toNanos();
    }

    /** @param headers by names in lower case */
    record Answer(int status, Map<String, List<String>> headers, String body) {}

    /** There is no answer; the message says why. */
    static final class Unanswered extends Exception {
        private static final long serialVersionUID = 1L;

        Unanswered(String message) {
            super(message);
        }
    }

    Answer send(HttpRequest request, boolean follow) throws Unanswered {
        HttpClient client = HttpClient.newBuilder()
                .followRedirects(HttpClient.Redirect.NEVER)
                .connectTimeout(Duration.ofNanos(Math.max(1, deadline - System.nanoTime())))
                .build();
        try {
            HttpRequest next = request;
            for (int hop = 0; hop <= MOST_REDIRECTS; hop++) {
                Answer answer = once(client, next);
                Optional<URI> further = follow ? target(next.uri(), answer) : Optional.empty();
                if (further.isEmpty()) {
                    return answer;
                }
                next = redirected(next, further.get(), KEEPING_METHOD.contains(answer.status()));
            }
            throw new Unanswered("more than " + MOST_REDIRECTS + " redirects");
        } finally {
            client.shutdownNow();
        }
    }

    private Answer once(HttpClient client, HttpRequest request) throws Unanswered {
        require(request.uri());
        CompletableFuture<HttpResponse<byte[]>> answer = client.sendAsync(
                request, HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MOST_BODY_BYTES));
        try {
            HttpResponse<byte[]> arrived = answer.get(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
            return new Answer(
                    arrived.statusCode(), arrived.headers().map(), new String(arrived.body(), StandardCharsets.UTF_8));
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw new Unanswered("no whole answer within the time given");
        } catch (ExecutionException e) {
            throw new Unanswered(String.valueOf(e.getCause() instanceof IOException why ? why.getMessage() : e));
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw new Unanswered("interrupted");
        }
    }

    private void require(URI address) throws Unanswered {
        String host = address.getHost();
        if (host == null) {
            throw new Unanswered("the address names no host");
        }
        try {
            String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
            for (InetAddress resolved : InetAddress.getAllByName(bare)) {
                if (!reachable.test(resolved)) {
                    throw new Unanswered("the address of " + host + " may not be asked");
                }
            }
        } catch (UnknownHostException e) {
            throw new Unanswered("the name " + host + " is not known");
        }
    }

    /** Never from https to http. */
    private static Optional<URI> target(URI from, Answer answer) throws Unanswered {
        List<String> location = answer.headers().getOrDefault("location", List.of());
        if (!REDIRECTS.contains(answer.status()) || location.isEmpty()) {
            return Optional.empty();
        }
        try {
            URI target = from.resolve(location.getFirst());
            boolean weaker = from.getScheme().equals("https") && !"https".equals(target.getScheme());
            return weaker ? Optional.empty() : Optional.of(target);
        } catch (IllegalArgumentException e) {
            throw new Unanswered("it redirects to what is no address");
        }
    }

    /** What identifies the caller goes to the host it was meant for only. */
    private static HttpRequest redirected(HttpRequest request, URI target, boolean keepMethod) {
        boolean sameHost = target.getHost() != null
                && target.getHost().equalsIgnoreCase(request.uri().getHost());
        HttpRequest.Builder next = HttpRequest.newBuilder(
                request,
                (name, value) ->
                        sameHost || !(name.equalsIgnoreCase("authorization") || name.equalsIgnoreCase("cookie")));
        if (!keepMethod && !request.method().equals("HEAD")) {
            next.GET();
        }
        return next.uri(target).build();
    }
}
