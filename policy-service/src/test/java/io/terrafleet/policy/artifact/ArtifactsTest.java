package io.terrafleet.policy.artifact;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.InternalKey;
import io.terrafleet.messaging.TryLater;
import io.terrafleet.policy.ArtifactServer;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ArtifactsTest {
    private static final byte[] TEXT = "a plan".getBytes(StandardCharsets.UTF_8);

    private final ArtifactServer api = new ArtifactServer(0);
    private final Artifacts artifacts = artifacts(api.url(), ArtifactServer.KEY);

    @AfterEach
    void close() {
        artifacts.close();
        api.close();
    }

    @Test
    void fetchesWhatWasPromised() throws Exception {
        assertThat(artifacts.fetch("the plan", api.put(TEXT), 100)).isEqualTo(TEXT);
    }

    @Test
    void refusesOtherContentOfTheSameLength() {
        ArtifactRef promised = api.put(TEXT);
        api.swap(promised, "b plan".getBytes(StandardCharsets.UTF_8));

        assertRefused(promised, 100, "SHA-256");
    }

    @Test
    void refusesContentOfAnotherLength() {
        ArtifactRef promised = api.put(TEXT);
        api.swap(promised, "a longer plan".getBytes(StandardCharsets.UTF_8));
        assertRefused(promised, 100, "not 6 bytes long");

        api.swap(promised, "a".getBytes(StandardCharsets.UTF_8));
        assertRefused(promised, 100, "not 6 bytes long");
    }

    @Test
    void refusesWhatIsTooLargeUnread() {
        assertRefused(api.put(TEXT), 5, "at most 5");
        assertThat(api.requests()).isZero();
    }

    @Test
    void refusesWhatIsNotThere() {
        assertRefused(new ArtifactRef("art-9999999999999999", "0".repeat(64), 6), 100, "not there any more");
    }

    @Test
    void waitsWhileTheApiCannotServe() {
        ArtifactRef promised = api.put(TEXT);
        api.failWith(503);
        assertThatThrownBy(() -> artifacts.fetch("the plan", promised, 100))
                .isInstanceOf(TryLater.class)
                .hasMessageContaining("503");
    }

    @Test
    void waitsWhileTheApiIsAway() {
        ArtifactRef promised = api.put(TEXT);
        api.close();
        assertThatThrownBy(() -> artifacts.fetch("the plan", promised, 100)).isInstanceOf(TryLater.class);
    }

    @Test
    void aWrongKeyWaitsForTheRightOne() {
        ArtifactRef promised = api.put(TEXT);
        try (Artifacts strange = artifacts(api.url(), "another-key-0123456789abcdef0123456789")) {
            assertThatThrownBy(() -> strange.fetch("the plan", promised, 100))
                    .isInstanceOf(TryLater.class)
                    .hasMessageContaining("403");
        }
    }

    private void assertRefused(ArtifactRef artifact, long most, String why) {
        assertThatThrownBy(() -> artifacts.fetch("the plan", artifact, most))
                .isInstanceOf(ArtifactRefused.class)
                .hasMessageContaining(why);
    }

    private static Artifacts artifacts(URI url, String key) {
        return new Artifacts(url, new InternalKey(key), Clock.systemUTC(), Duration.ofSeconds(5));
    }
}
