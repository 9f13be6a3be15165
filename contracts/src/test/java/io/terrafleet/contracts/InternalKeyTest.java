package io.terrafleet.contracts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

class InternalKeyTest {
    private static final String SECRET = "0123456789abcdef0123456789abcdef";
    private static final Instant EXPIRES = Instant.parse("2026-03-02T09:15:00Z");
    private static final String ARTIFACT = "art-CZcmD7eagjhyX0vN";
    private final InternalKey key = new InternalKey(SECRET);
    private final InternalKey other = new InternalKey(SECRET.replace('f', 'e'));

    private static JobId plan(int attempt) {
        return new JobId(new RunId("run-CZcmD7eagjhyX0vN"), Phase.PLAN, attempt);
    }

    @Test
    void aClaimTokenIsGoodForItsJobAlone() {
        String token = key.claimToken(plan(1));
        assertThat(new InternalKey(SECRET).isClaimToken(plan(1), token)).isTrue();
        assertThat(key.isClaimToken(plan(2), token)).isFalse();
        assertThat(other.isClaimToken(plan(1), token)).isFalse();
        assertThat(key.isClaimToken(plan(1), "")).isFalse();
    }

    @Test
    void anArtifactsAddressIsGoodForItUntilItExpires() {
        Matcher path = Pattern.compile(
                        "/api/internal/v1/artifacts/" + ARTIFACT + "\\?expires=(\\d+)&signature=([0-9a-f]{64})")
                .matcher(key.artifactPath(ARTIFACT, EXPIRES));
        assertThat(path.matches()).isTrue();
        long expires = Long.parseLong(path.group(1));
        String signature = path.group(2);

        assertThat(key.isArtifactSignature(ARTIFACT, expires, signature, EXPIRES))
                .isTrue();
        assertThat(key.isArtifactSignature(ARTIFACT, expires, signature, EXPIRES.plusSeconds(1)))
                .as("later")
                .isFalse();
        assertThat(key.isArtifactSignature(ARTIFACT, expires + 60, signature, EXPIRES))
                .as("prolonged by hand")
                .isFalse();
        assertThat(key.isArtifactSignature("art-DZcmD7eagjhyX0vN", expires, signature, EXPIRES))
                .as("of another artifact")
                .isFalse();
        assertThat(other.isArtifactSignature(ARTIFACT, expires, signature, EXPIRES))
                .as("by another key")
                .isFalse();
    }

    @Test
    void aSignatureIsGoodForItsPurposeAndTextAlone() {
        String signature = key.sign("upload", "cv-1");
        assertThat(key.isSignature("upload", "cv-1", signature)).isTrue();
        assertThat(key.isSignature("download", "cv-1", signature)).isFalse();
        assertThat(key.isSignature("upload", "cv-2", signature)).isFalse();
        assertThat(other.isSignature("upload", "cv-1", signature)).isFalse();
    }

    @Test
    void aShortSecretIsRefusedAndNoSecretIsPrinted() {
        assertThatThrownBy(() -> new InternalKey(SECRET.substring(1)))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 32 characters")
                .hasMessageNotContaining(SECRET.substring(1));
        assertThat(key.toString()).doesNotContain(SECRET);
    }
}
