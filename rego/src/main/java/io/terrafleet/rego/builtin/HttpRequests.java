package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.BoolValue;
import io.terrafleet.rego.value.NullValue;
import io.terrafleet.rego.value.NumberValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code http.send} for evaluations that allow it: one request, a bounded answer, no redirects unless asked for. */
final class HttpRequests {
    private static final int MAX_BODY = 10 << 20;
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(30);

    private HttpRequests() {}

    static Value send(Operands o, ObjectValue request) {
        boolean follow = BoolValue.TRUE.equals(request.get("enable_redirect"));
        try (HttpClient client = HttpClient.newBuilder()
                .followRedirects(follow ? HttpClient.Redirect.NORMAL : HttpClient.Redirect.NEVER)
                .connectTimeout(timeout(request))
                .build()) {
            HttpResponse<InputStream> answer =
                    client.send(built(o, request), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream body = answer.body()) {
                byte[] bytes = body.readNBytes(MAX_BODY + 1);
                if (bytes.length > MAX_BODY) {
                    throw o.failed("the answer is longer than " + MAX_BODY + " bytes");
                }
                return answer(answer, new String(bytes, StandardCharsets.UTF_8), request);
            }
        } catch (IOException e) {
            return failed(o, request, String.valueOf(e.getMessage()));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw o.failed("interrupted");
        }
    }

    private static Value failed(Operands o, ObjectValue request, String why) {
        if (!BoolValue.FALSE.equals(request.get("raise_error"))) {
            throw o.failed(why);
        }
        Value error = CertificateValues.object(
                Map.of("code", Value.of("eval_http_send_network_error"), "message", Value.of(why)));
        return CertificateValues.object(Map.of("status_code", Value.of(0), "error", error));
    }

    /** Nanoseconds as a number, or a text such as {@code "5s"}. */
    private static Duration timeout(ObjectValue request) {
        Duration asked =
                switch (request.get("timeout")) {
                    case NumberValue nanos
                    when nanos.isLong() && nanos.longValue() > 0 -> Duration.ofNanos(nanos.longValue());
                    case StringValue text
                    when text.value().matches("\\d{1,5}s") ->
                        Duration.ofSeconds(Long.parseLong(text.value().replace("s", "")));
                    case StringValue text
                    when text.value().matches("\\d{1,8}ms") ->
                        Duration.ofMillis(Long.parseLong(text.value().replace("ms", "")));
                    case null, default -> USUAL_TIMEOUT;
                };
        return asked.compareTo(LONGEST_TIMEOUT) > 0 ? LONGEST_TIMEOUT : asked;
    }

    private static HttpRequest built(Operands o, ObjectValue request) {
        try {
            Value raw = request.get("raw_body");
            Value body = request.get("body");
            String text = raw instanceof StringValue s ? s.value() : body == null ? "" : body.toJson();
            HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(text(request.get("url"))))
                    .timeout(timeout(request))
                    .method(
                            text(request.get("method")).toUpperCase(Locale.ROOT),
                            text.isEmpty()
                                    ? HttpRequest.BodyPublishers.noBody()
                                    : HttpRequest.BodyPublishers.ofString(text));
            if (request.get("headers") instanceof ObjectValue headers) {
                for (int i = 0; i < headers.size(); i++) {
                    builder.setHeader(text(headers.keyAt(i)), text(headers.valueAt(i)));
                }
            }
            return builder.build();
        } catch (IllegalArgumentException e) {
            throw o.failed("the request cannot be sent: " + e.getMessage());
        }
    }

    private static String text(@Nullable Value value) {
        return value instanceof StringValue s ? s.value() : "";
    }

    private static Value answer(HttpResponse<InputStream> answer, String body, ObjectValue request) {
        Map<Value, Value> headers = new HashMap<>();
        answer.headers()
                .map()
                .forEach((name, values) -> headers.put(
                        Value.of(name),
                        ArrayValue.of(values.stream().map(Value::of).toList())));
        boolean json = BoolValue.TRUE.equals(request.get("force_json_decode"))
                || answer.headers().firstValue("content-type").orElse("").contains("json");
        return CertificateValues.object(Map.of(
                "status", Value.of(Integer.toString(answer.statusCode())),
                "status_code", Value.of(answer.statusCode()),
                "headers", ObjectValue.of(headers),
                "raw_body", Value.of(body),
                "body", json ? parsed(body) : NullValue.NULL));
    }

    private static Value parsed(String body) {
        try {
            return Value.fromJson(body);
        } catch (UncheckedIOException e) {
            return NullValue.NULL;
        }
    }
}
