package io.terrafleet.policy.engine;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.event.PolicySetRef.PolicyRef;
import io.terrafleet.policy.evaluation.Engine;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.Value;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * One OPA server, asked by its Data API (https://www.openpolicyagent.org/docs/rest-api#data-api). A server that was silent once is not
 * waited for again.
 */
final class OpaEngine implements Engine {
    private static final int MOST_ANSWER_BYTES = 10_000_000;
    private static final int LONGEST_REASON = 300;
    private static final Pattern STEP = Pattern.compile("\\.([A-Za-z_][A-Za-z0-9_]*)|\\[\"([^\"\\\\]+)\"]");

    private final OpaServers servers;
    private final HttpClient http;
    private final Duration answerWithin;
    private final URI base;
    private final byte[] body;
    private final Optional<String> token;
    private final boolean readsCost;
    private @Nullable String silence;

    OpaEngine(
            OpaServers servers,
            HttpClient http,
            Duration answerWithin,
            URI base,
            ObjectValue input,
            Optional<String> token,
            boolean readsCost) {
        this.servers = servers;
        this.http = http;
        this.answerWithin = answerWithin;
        this.base = base;
        this.body = ("{\"input\":" + input.toJson() + "}").getBytes(StandardCharsets.UTF_8);
        this.token = token;
        this.readsCost = readsCost;
    }

    /** A server does not tell what its policies read: all do, unless their set says that none does. */
    @Override
    public boolean readsCost(PolicyRef policy) {
        return readsCost;
    }

    @Override
    public Optional<Value> answer(PolicyRef policy) throws Unanswered {
        if (silence != null) {
            throw new Unanswered(silence);
        }
        HttpResponse<byte[]> response = ask(policy);
        if (response.statusCode() != 200) {
            throw new Unanswered("the engine answered " + response.statusCode() + reason(response.body()));
        }
        try {
            JsonNode result = Json.mapper().readTree(response.body()).path("result");
            return result.isMissingNode() ? Optional.empty() : Optional.of(Value.fromJson(result));
        } catch (IOException | UncheckedIOException e) {
            throw new Unanswered("the engine's answer is not JSON");
        }
    }

    private HttpResponse<byte[]> ask(PolicyRef policy) throws Unanswered {
        Optional<String> objection = servers.objection(base);
        if (objection.isPresent()) {
            throw silent("the engine may not be asked: " + objection.get());
        }
        CompletableFuture<HttpResponse<byte[]>> answer = http.sendAsync(
                request(policy),
                HttpResponse.BodyHandlers.limiting(HttpResponse.BodyHandlers.ofByteArray(), MOST_ANSWER_BYTES));
        try {
            return answer.get(answerWithin.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            answer.cancel(true);
            throw silent("the engine gave no whole answer within " + answerWithin.toSeconds() + " s");
        } catch (ExecutionException e) {
            throw silent("the engine cannot be reached, or broke off its answer");
        } catch (InterruptedException e) {
            answer.cancel(true);
            Thread.currentThread().interrupt();
            throw silent("this service is stopping");
        }
    }

    private Unanswered silent(String why) {
        silence = why;
        return new Unanswered(why);
    }

    private HttpRequest request(PolicyRef policy) {
        HttpRequest.Builder request = HttpRequest.newBuilder(address(policy))
                .timeout(answerWithin)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(body));
        token.ifPresent(secret -> request.header("Authorization", "Bearer " + secret));
        return request.build();
    }

    /** {@code data.a["b c"].deny} is at {@code /v1/data/a/b%20c/deny}. */
    private URI address(PolicyRef policy) {
        StringBuilder path = new StringBuilder(base.toString().replaceAll("/+$", "")).append("/v1/data");
        Matcher step = STEP.matcher(policy.query());
        while (step.find()) {
            String name = step.group(1) == null ? step.group(2) : step.group(1);
            path.append('/')
                    .append(URLEncoder.encode(name, StandardCharsets.UTF_8).replace("+", "%20"));
        }
        return URI.create(path.toString());
    }

    /** What OPA says of an error, cut short. */
    private static String reason(byte[] body) {
        try {
            JsonNode error = Json.mapper().readTree(body);
            String message = error.path("errors")
                    .path(0)
                    .path("message")
                    .asText(error.path("message").asText(""));
            String cut = message.length() > LONGEST_REASON ? message.substring(0, LONGEST_REASON) + "…" : message;
            return cut.isEmpty() ? "" : ": " + cut;
        } catch (JsonProcessingException e) {
            return "";
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
