package io.terrafleet.standalone.bench;

import io.terrafleet.contracts.Json;
import io.terrafleet.standalone.platform.PlatformUnusable;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** A push as GitHub delivers it, signed; as large as those usually are (some 7 KB). */
final class Delivery {
    private static final int COMMITS = 15;

    private final String id;
    private final String signature;
    private final byte[] body;

    private Delivery(String id, String signature, byte[] body) {
        this.id = id;
        this.signature = signature;
        this.body = body;
    }

    /** Where deliveries go, and what they are signed with. */
    record Hook(URI address, String secret) {
        @Override
        public String toString() {
            return address.toString();
        }
    }

    /** @param before the commit that the branch was at */
    static Delivery of(String repository, String branch, String before, String after, Hook hook) {
        byte[] body = Json.write(Map.of(
                "ref",
                "refs/heads/" + branch,
                "before",
                before,
                "after",
                after,
                "repository",
                Map.of("full_name", repository, "default_branch", "main"),
                "sender",
                Map.of("login", "ada", "id", 1),
                "head_commit",
                commit(repository, after),
                "commits",
                IntStream.range(0, COMMITS)
                        .mapToObj(each -> commit(repository, after))
                        .toList()));
        return new Delivery(after, "sha256=" + hmac(body, hook.secret()), body);
    }

    private static Map<String, Object> commit(String repository, String sha) {
        Map<String, String> ada = Map.of("name", "Ada", "email", "ada@example.com", "username", "ada");
        return Map.of(
                "id",
                sha,
                "message",
                "A change of the benchmark",
                "url",
                "https://example.com/" + repository + "/commit/" + sha,
                "author",
                ada,
                "committer",
                ada,
                "modified",
                List.of("main.tf"));
    }

    /** The commit that was pushed. */
    String commit() {
        return id;
    }

    /**
     * @param expected the status of the answer: 202 for one that is new, 200 for one that came before
     * @return seconds until it was answered
     */
    double send(Wire wire, Hook hook, int expected) {
        Map<String, String> headers =
                Map.of("X-GitHub-Event", "push", "X-GitHub-Delivery", id, "X-Hub-Signature-256", signature);
        long begin = System.nanoTime();
        int status = wire.post(hook.address().getPath(), headers, body);
        double seconds = (System.nanoTime() - begin) / 1e9;
        if (status != expected) {
            throw new PlatformUnusable("a delivery was answered with " + status + " and not " + expected);
        }
        return seconds;
    }

    private static String hmac(byte[] body, String secret) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
            return HexFormat.of().formatHex(mac.doFinal(body));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every JVM has HMAC-SHA256", e);
        }
    }
}
