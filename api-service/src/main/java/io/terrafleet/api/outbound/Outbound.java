package io.terrafleet.api.outbound;

import io.terrafleet.contracts.PrivateAddresses;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.Map;
import java.util.Optional;

/**
 * Sends what is due to an address that somebody named. Redirects are not followed, and of the answer only the status counts: its
 * body is never read, so one that trickles in holds nobody up. The name is resolved and judged before every request; the JVM keeps the answer for the connection that follows.
 */
@ApplicationScoped
public class Outbound {
    private static final int LONGEST_URL = 2_048;

    private final OutboundConfig config;
    private final HttpClient client;

    Outbound(OutboundConfig config) {
        this.config = config;
        this.client = HttpClient.newBuilder()
                .connectTimeout(config.answerWithin())
                .followRedirects(HttpClient.Redirect.NEVER)
                .version(HttpClient.Version.HTTP_1_1)
                .build();
    }

    /**
     * What became of a request.
     *
     * @param status of the answer, or 0 when there was none
     * @param trouble why there was none, in a clause for people
     */
    public record Answer(int status, Optional<String> trouble) {
        public boolean ok() {
            return status == 200;
        }

        /** For people: {@code it answered 500}, {@code it cannot be reached}. */
        public String words() {
            return trouble.orElse("it answered " + status);
        }
    }

    /** What is wrong with the address, by its text alone; empty when it may be tried. */
    public Optional<String> fault(String url) {
        if (url.length() > LONGEST_URL) {
            return Optional.of("is too long (at most " + LONGEST_URL + " characters)");
        }
        try {
            URI uri = new URI(url);
            boolean web = "https".equalsIgnoreCase(uri.getScheme()) || "http".equalsIgnoreCase(uri.getScheme());
            if (!web || uri.getHost() == null || uri.getUserInfo() != null || uri.getFragment() != null) {
                return Optional.of("must be an address such as https://example.com/hook, without a user or fragment");
            }
            return Optional.empty();
        } catch (java.net.URISyntaxException e) {
            return Optional.of("must be an address such as https://example.com/hook");
        }
    }

    /** Never throws for what the other side does. */
    public Answer post(String url, Map<String, String> headers, byte[] body) {
        Optional<String> fault = fault(url);
        if (fault.isPresent()) {
            return nothing("the address " + fault.get());
        }
        URI uri = URI.create(url);
        try {
            if (!config.allowPrivateAddresses() && anyPrivate(uri.getHost())) {
                return nothing("its address is not on the public internet");
            }
            HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                    .timeout(config.answerWithin())
                    .POST(HttpRequest.BodyPublishers.ofByteArray(body));
            headers.forEach(request::header);
            HttpResponse<InputStream> answer = client.send(request.build(), BodyHandlers.ofInputStream());
            answer.body().close();
            return new Answer(answer.statusCode(), Optional.empty());
        } catch (UnknownHostException e) {
            return nothing("its name is not known");
        } catch (IOException | IllegalArgumentException e) {
            return nothing("it cannot be reached");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return nothing("this service is stopping");
        }
    }

    private static boolean anyPrivate(String host) throws UnknownHostException {
        String bare = host.startsWith("[") ? host.substring(1, host.length() - 1) : host;
        for (InetAddress address : InetAddress.getAllByName(bare)) {
            if (PrivateAddresses.isPrivate(address)) {
                return true;
            }
        }
        return false;
    }

    private static Answer nothing(String trouble) {
        return new Answer(0, Optional.of(trouble));
    }
}
