package io.terrafleet.api.notification;

import io.smallrye.common.annotation.Identifier;
import jakarta.enterprise.context.ApplicationScoped;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.jboss.logging.Logger;

/** Takes one message to one destination and says what came of it; never throws for what a destination does. */
@ApplicationScoped
class Courier {
    private static final Logger LOG = Logger.getLogger(Courier.class);
    private static final String SIGNATURE = "X-TFE-Notification-Signature";
    private static final int MOST_HEADERS = 30;

    private final NotificationConfig config;
    private final Post post;
    private final InstantSource clock;
    private final HttpClient http;

    Courier(NotificationConfig config, Post post, @Identifier("api") InstantSource clock) {
        this.config = config;
        this.post = post;
        this.clock = clock;
        this.http = HttpClient.newBuilder()
                .connectTimeout(config.timeout())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /**
     * Where one message goes.
     *
     * @param token signs it; absent for none
     * @param recipients of mail
     */
    record Parcel(
            String configurationId,
            Destination destination,
            String url,
            Optional<String> token,
            List<String> recipients,
            Message message) {
        @Override
        public String toString() {
            return "Parcel[" + configurationId + ", " + message.trigger() + "]";
        }
    }

    DeliveryResponse deliver(Parcel parcel) {
        Instant now = clock.instant();
        if (parcel.destination() == Destination.EMAIL) {
            return mail(parcel, now);
        }
        URI uri = URI.create(parcel.url());
        Optional<String> objection = new AddressGuard(config.allowPrivateAddresses()).objection(uri);
        if (objection.isPresent()) {
            return DeliveryResponse.failed(parcel.url(), objection.get(), now);
        }
        try {
            return post(parcel, uri, now);
        } catch (IOException e) {
            return DeliveryResponse.failed(parcel.url(), "There was no answer: " + e, now);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return DeliveryResponse.failed(parcel.url(), "The service stopped while it waited for the answer.", now);
        }
    }

    private DeliveryResponse post(Parcel parcel, URI uri, Instant now) throws IOException, InterruptedException {
        byte[] body = Payload.of(parcel.destination(), parcel.configurationId(), parcel.message());
        HttpRequest.Builder request = HttpRequest.newBuilder(uri)
                .timeout(config.timeout())
                .header("Content-Type", "application/json")
                .header("User-Agent", "terrafleet")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        if (parcel.destination() == Destination.GENERIC) {
            parcel.token().ifPresent(token -> request.header(SIGNATURE, signature(token, body)));
        }
        HttpResponse<InputStream> response = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
        try (InputStream content = response.body()) {
            String text = read(content);
            Map<String, String> headers = new TreeMap<>();
            response.headers().map().entrySet().stream()
                    .limit(MOST_HEADERS)
                    .forEach(header -> headers.put(header.getKey(), String.join(", ", header.getValue())));
            boolean taken = response.statusCode() >= 200 && response.statusCode() < 300;
            return new DeliveryResponse(parcel.url(), text, response.statusCode(), headers, now, taken);
        }
    }

    /** The beginning of the answer; one that trickles in is cut off where it is when the time is over. */
    private String read(InputStream content) throws IOException {
        Thread guard = Thread.ofVirtual().start(() -> {
            try {
                Thread.sleep(config.timeout());
                content.close();
            } catch (InterruptedException inTime) {
                Thread.currentThread().interrupt();
            } catch (IOException e) {
                LOG.debugf(e, "an answer that took too long could not be closed");
            }
        });
        try {
            return new String(content.readNBytes(DeliveryResponse.LONGEST_BODY), StandardCharsets.UTF_8)
                    .replace("\0", "");
        } finally {
            guard.interrupt();
        }
    }

    private DeliveryResponse mail(Parcel parcel, Instant now) {
        if (parcel.recipients().isEmpty()) {
            return DeliveryResponse.failed("", "Nobody is named who would get the mail.", now);
        }
        try {
            for (String recipient : parcel.recipients()) {
                post.send(recipient, Payload.line(parcel.message()), Payload.text(parcel.message()));
            }
            return new DeliveryResponse("", "", 200, Map.of(), now, true);
        } catch (RuntimeException e) {
            LOG.warnf(e, "mail could not be sent configurationId=%s", parcel.configurationId());
            return DeliveryResponse.failed("", "The mail server did not take it: " + e.getMessage(), now);
        }
    }

    /** Hexadecimal HMAC-SHA512 of the body. */
    static String signature(String token, byte[] body) {
        try {
            Mac mac = Mac.getInstance("HmacSHA512");
            mac.init(new SecretKeySpec(token.getBytes(StandardCharsets.UTF_8), "HmacSHA512"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has HMAC-SHA512", e);
        }
    }
}
