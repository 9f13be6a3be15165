package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.BoolValue;
import io.terrafleet.rego.value.NullValue;
import io.terrafleet.rego.value.NumberValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.http.HttpRequest;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** {@code http.send} for evaluations that allow it: what is asked, and how the answer looks to the policy. */
final class HttpRequests {
    private static final Duration USUAL_TIMEOUT = Duration.ofSeconds(5);
    private static final Duration LONGEST_TIMEOUT = Duration.ofSeconds(30);

    private HttpRequests() {}

    static Value send(Operands o, ObjectValue request) {
        Duration patience = patience(o, request);
        HttpExchange exchange = new HttpExchange(o.environment()::reaches, patience);
        try {
            boolean follow = BoolValue.TRUE.equals(request.get("enable_redirect"));
            return answer(exchange.send(built(o, request, patience), follow), request);
        } catch (HttpExchange.Unanswered e) {
            return failed(o, request, String.valueOf(e.getMessage()));
        }
    }

    /** Unless the policy wants to see the error, nobody may take silence for an answer. */
    private static Value failed(Operands o, ObjectValue request, String why) {
        if (!BoolValue.FALSE.equals(request.get("raise_error"))) {
            throw o.halted(why);
        }
        Value error = CertificateValues.object(
                Map.of("code", Value.of("eval_http_send_network_error"), "message", Value.of(why)));
        return CertificateValues.object(Map.of("status_code", Value.of(0), "error", error));
    }

    /** For the whole exchange, its body included, and never longer than the evaluation has left. */
    private static Duration patience(Operands o, ObjectValue request) {
        Duration asked = timeout(request);
        Duration bounded = asked.compareTo(LONGEST_TIMEOUT) > 0 ? LONGEST_TIMEOUT : asked;
        Duration left = o.environment().left();
        return bounded.compareTo(left) > 0 ? left : bounded;
    }

    /** Nanoseconds as a number, or a text such as {@code "5s"}. */
    private static Duration timeout(ObjectValue request) {
        return switch (request.get("timeout")) {
            case NumberValue nanos when nanos.isLong() && nanos.longValue() > 0 -> Duration.ofNanos(nanos.longValue());
            case StringValue text
            when text.value().matches("\\d{1,5}s") ->
                Duration.ofSeconds(Long.parseLong(text.value().replace("s", "")));
            case StringValue text
            when text.value().matches("\\d{1,8}ms") ->
                Duration.ofMillis(Long.parseLong(text.value().replace("ms", "")));
            case null, default -> USUAL_TIMEOUT;
        };
    }

    private static HttpRequest built(Operands o, ObjectValue request, Duration patience) {
        try {
            Value raw = request.get("raw_body");
            Value body = request.get("body");
            String text = raw instanceof StringValue s ? s.value() : body == null ? "" : body.toJson();
            HttpRequest.Builder builder = HttpRequest.newBuilder(URI.create(text(request.get("url"))))
                    .timeout(patience.plusMillis(1))
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
            throw o.halted("the request cannot be sent: " + e.getMessage());
        }
    }

    private static String text(@Nullable Value value) {
        return value instanceof StringValue s ? s.value() : "";
    }

    private static Value answer(HttpExchange.Answer answer, ObjectValue request) {
        Map<Value, Value> headers = new HashMap<>();
        answer.headers()
                .forEach((name, values) -> headers.put(
                        Value.of(name),
                        ArrayValue.of(values.stream().map(Value::of).toList())));
        boolean json = BoolValue.TRUE.equals(request.get("force_json_decode"))
                || answer.headers().getOrDefault("content-type", List.of()).stream()
                        .anyMatch(type -> type.contains("json"));
        return CertificateValues.object(Map.of(
                "status", Value.of(Integer.toString(answer.status())),
                "status_code", Value.of(answer.status()),
                "headers", ObjectValue.of(headers),
                "raw_body", Value.of(answer.body()),
                "body", json ? parsed(answer.body()) : NullValue.NULL));
    }

    private static Value parsed(String body) {
        try {
            return Value.fromJson(body);
        } catch (UncheckedIOException e) {
            return NullValue.NULL;
        }
    }
}
