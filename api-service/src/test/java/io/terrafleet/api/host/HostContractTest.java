package io.terrafleet.api.host;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrafleet.api.host.CommitStatus.State;
import io.terrafleet.api.oauth.ServiceProvider;
import io.terrafleet.api.vcs.VcsConfig;
import io.terrafleet.contracts.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Random;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What every kind of host is held to, against payloads and answers of the shapes that its documentation gives. */
class HostContractTest {
    private static final String A = "a".repeat(40);
    private static final String B = "b".repeat(40);
    private static final String SECRET = "the secret of a webhook";

    private record Settings() implements VcsConfig {
        @Override
        public Duration fetchWithin() {
            return Duration.ofSeconds(10);
        }

        @Override
        public long mostBytes() {
            return 1_000_000;
        }

        @Override
        public Duration burstWait() {
            return Duration.ZERO;
        }

        @Override
        public Duration lookEvery() {
            return Duration.ofMinutes(5);
        }

        @Override
        public Duration farewellEvery() {
            return Duration.ofSeconds(30);
        }

        @Override
        public Duration tryFor() {
            return Duration.ofHours(1);
        }

        @Override
        public String pullRequestPlans() {
            return "merge";
        }

        @Override
        public int mostWebhookBytes() {
            return 1_000_000;
        }

        @Override
        public Duration deliveriesKept() {
            return Duration.ofDays(1);
        }

        @Override
        public boolean allowPrivateAddresses() {
            return true;
        }

        @Override
        public boolean allowFiles() {
            return false;
        }

        @Override
        public Optional<Path> sshKnownHosts() {
            return Optional.empty();
        }
    }

    private static JsonNode sample(String name) {
        try (InputStream file =
                Objects.requireNonNull(HostContractTest.class.getResourceAsStream("/host/" + name + ".json"))) {
            return Json.mapper().readTree(file);
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private static Host host(JsonNode sample) {
        return Hosts.of(ServiceProvider.of(sample.path("provider").asText()).orElseThrow());
    }

    static HostApi api(Host host, URI base) {
        return new HostCalls(new Settings(), InstantSource.system()).api(base, host.authorization("token"));
    }

    private static List<HostEvent> events(JsonNode sample, String what) {
        JsonNode of = sample.path(what);
        return host(sample).events(of.path("event").asText(), of.path("body"));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"github", "gitlab", "gitea", "bitbucket-cloud", "bitbucket-data-center", "azure-devops", "git"})
    void whatHappenedIsUnderstood(String name) {
        JsonNode sample = sample(name);
        String repository = sample.path("repository").asText();
        assertThat(events(sample, "push")).singleElement().isInstanceOfSatisfying(HostEvent.Pushed.class, pushed -> {
            assertThat(pushed.repository()).isEqualTo(repository);
            assertThat(pushed.branch()).isEqualTo("main");
            assertThat(pushed.commit()).isEqualTo(A);
            assertThat(pushed.before()).contains(B);
            assertThat(pushed.sender().name()).isEqualTo("ada");
        });
        assertThat(events(sample, "tag")).singleElement().isInstanceOfSatisfying(HostEvent.Tagged.class, tagged -> {
            assertThat(tagged.tag()).isEqualTo("v1");
            assertThat(tagged.commit()).isEqualTo(A);
        });
        assertThat(events(sample, "deleted")).singleElement().isInstanceOf(HostEvent.Other.class);
        assertThat(events(sample, "other")).singleElement().isInstanceOf(HostEvent.Other.class);
        if (sample.has("pull")) {
            assertThat(events(sample, "pull"))
                    .singleElement()
                    .isInstanceOfSatisfying(HostEvent.PullRequestMoved.class, moved -> {
                        assertThat(moved.repository()).isEqualTo(repository);
                        assertThat(moved.number()).isEqualTo(7);
                    });
            assertThat(events(sample, "closed")).containsExactly(new HostEvent.PullRequestClosed(repository, 7));
        }
        assertThat(host(sample).cloneAddress(URI.create("https://x/"), repository))
                .isEqualTo(URI.create(sample.path("clone").asText()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"github", "gitlab", "gitea", "bitbucket-cloud", "bitbucket-data-center", "azure-devops", "git"})
    void onlyWhoKnowsTheSecretIsBelieved(String name) throws Exception {
        JsonNode sample = sample(name);
        Host host = host(sample);
        byte[] body = Json.write(sample.path("push").path("body"));
        assertThat(host.authentic(proof(sample, body, SECRET), body, SECRET)).isTrue();
        assertThat(host.authentic(proof(sample, body, "another"), body, SECRET)).isFalse();
        assertThat(host.authentic(header -> Optional.empty(), body, SECRET)).isFalse();
        if (sample.path("proof").path("kind").asText().equals("hmac")) {
            byte[] other = new String(body, StandardCharsets.UTF_8)
                    .replace("main", "mean")
                    .getBytes(StandardCharsets.UTF_8);
            assertThat(host.authentic(proof(sample, body, SECRET), other, SECRET))
                    .isFalse();
        }
        Host.Heading heading = host.heading(proof(sample, body, SECRET), body);
        assertThat(heading.delivery()).contains("d-1");
        assertThat(heading.event()).isEqualTo(sample.path("push").path("event").asText());
    }

    private static Host.Headers proof(JsonNode sample, byte[] body, String secret) throws Exception {
        Map<String, String> headers = new HashMap<>();
        headers.put(
                sample.path("names").path("event").asText(),
                sample.path("push").path("event").asText());
        headers.put(sample.path("names").path("delivery").asText(), "d-1");
        JsonNode proof = sample.path("proof");
        String text =
                switch (proof.path("kind").asText()) {
                    case "token" -> secret;
                    case "basic" ->
                        "Basic "
                                + Base64.getEncoder()
                                        .encodeToString(("hook:" + secret).getBytes(StandardCharsets.UTF_8));
                    default -> {
                        Mac mac = Mac.getInstance("HmacSHA256");
                        mac.init(new SecretKeySpec(secret.getBytes(StandardCharsets.UTF_8), "HmacSHA256"));
                        yield HexFormat.of().formatHex(mac.doFinal(body));
                    }
                };
        headers.put(proof.path("header").asText(), proof.path("prefix").asText() + text);
        return header -> Optional.ofNullable(headers.get(header));
    }

    @ParameterizedTest
    @ValueSource(strings = {"github", "gitlab", "gitea", "bitbucket-cloud", "bitbucket-data-center", "azure-devops"})
    void pullRequestsAreReadAndAnswered(String name) throws Exception {
        JsonNode sample = sample(name);
        Host host = host(sample);
        String repository = sample.path("repository").asText();
        try (RecordedApi recorded = new RecordedApi(sample.path("answers"))) {
            HostApi api = api(host, recorded.base());
            PullRequest pull = host.pullRequest(api, repository, 7);
            assertThat(pull.number()).isEqualTo(7);
            assertThat(pull.title()).isEqualTo("A feature");
            assertThat(pull.body()).isEqualTo("why");
            assertThat(pull.author()).isEqualTo("ada");
            assertThat(pull.head()).isEqualTo(A);
            assertThat(pull.branch()).isEqualTo("feature");
            assertThat(pull.base()).isEqualTo("main");
            assertThat(pull.fork()).isFalse();
            assertThat(pull.draft()).isFalse();
            assertThat(pull.open()).isTrue();
            assertThat(host.openPullRequests(api, repository)).containsExactly(pull);
            assertThat(pull.authorId()).isEqualTo(sample.path("writer").asText());
            assertThat(host.mayWrite(api, repository, pull)).isTrue();
            assertThat(host.mayWrite(api, repository, stranger(sample, pull))).isFalse();
            assertThat(recorded.requests())
                    .allMatch(request -> request.authorization().equals(host.authorization("token")));

            host.status(
                    api,
                    repository,
                    new CommitStatus(A, "terrafleet/acme/app", State.SUCCESS, "Planned", "https://tf/run"));
            sent(recorded, sample.path("status"));
            assertThat(host.comment(api, repository, 7, Optional.empty(), "hello"))
                    .isEqualTo("42");
            sent(recorded, sample.path("comment"));
            assertThat(host.comment(api, repository, 7, Optional.of("42"), "again"))
                    .isEqualTo("42");
            sent(recorded, sample.path("update"));
        }
    }

    private static PullRequest stranger(JsonNode sample, PullRequest pull) {
        return new PullRequest(
                pull.number(),
                pull.title(),
                pull.body(),
                pull.url(),
                "stranger",
                sample.path("reader").asText(),
                pull.head(),
                pull.branch(),
                pull.base(),
                true,
                pull.draft(),
                pull.open());
    }

    private static void sent(RecordedApi recorded, JsonNode expected) {
        RecordedApi.Request last = recorded.requests().getLast();
        assertThat(last.what()).isEqualTo(expected.path("request").asText());
        assertThat(last.body()).isEqualTo(expected.path("body"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"github", "gitlab", "gitea", "bitbucket-cloud", "bitbucket-data-center", "azure-devops"})
    void whoWantsToBeLeftAloneIs(String name) throws Exception {
        JsonNode sample = sample(name);
        Host host = host(sample);
        try (RecordedApi recorded = new RecordedApi(sample.path("answers"))) {
            recorded.refuse(429);
            HostRefused refused = catchThrowableOfType(
                    HostRefused.class,
                    () -> host.pullRequest(
                            api(host, recorded.base()),
                            sample.path("repository").asText(),
                            7));
            assertThat(refused.after()).contains(Duration.ofSeconds(7));
            assertThat(refused.lasting()).isFalse();
            assertThat(refused.reason()).contains("429").doesNotContain("token");
            recorded.refuse(404);
            HostRefused gone = catchThrowableOfType(
                    HostRefused.class,
                    () -> host.pullRequest(
                            api(host, recorded.base()),
                            sample.path("repository").asText(),
                            7));
            assertThat(gone.lasting()).isTrue();
        }
    }

    /** Whatever comes in a good form is either understood or nothing to us. */
    @ParameterizedTest
    @ValueSource(
            strings = {"github", "gitlab", "gitea", "bitbucket-cloud", "bitbucket-data-center", "azure-devops", "git"})
    void noPayloadBreaksTheReading(String name) {
        JsonNode sample = sample(name);
        Random random = new Random(7);
        List<HostEvent> all = new ArrayList<>();
        for (String kind : List.of("push", "tag", "pull", "closed", "other")) {
            for (int i = 0; i < 300; i++) {
                JsonNode body = sample.path(kind).path("body").deepCopy();
                if (body.isObject()) {
                    Spoiling.spoil((ObjectNode) body, random);
                    all.addAll(
                            host(sample).events(sample.path(kind).path("event").asText(), body));
                }
            }
        }
        assertThat(all).allSatisfy(event -> assertThat(event.repository()).doesNotContain("\n"));
    }
}
