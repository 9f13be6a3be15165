package io.terrafleet.api.secret;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.api.secret.ResealingProgress.Pass;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ResealingProgressTest {
    private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
    private static final Duration SETTLE = Duration.ofMinutes(2);
    private static final Duration PAUSE = Duration.ofSeconds(30);

    private static final List<SealedColumn> COLUMNS =
            List.of(new SealedColumn("log_piece_2026_01", "content"), new SealedColumn("log_piece_default", "content"));

    private static ResealingProgress begun(Instant pass) {
        ResealingProgress progress = ResealingProgress.towards("0badcafe", NOON, COLUMNS);
        return progress.with(Pass.at(pass, COLUMNS), 0);
    }

    @Test
    void aPassThatBeganTooEarlyProvesNothing() {
        ResealingProgress early = begun(NOON.plusSeconds(60)).passed(NOON.plusSeconds(70), COLUMNS, SETTLE);

        assertThat(early.finishedAt()).isEmpty();
        assertThat(early.rests(NOON.plusSeconds(110), SETTLE, PAUSE)).isTrue();
        assertThat(early.rests(NOON.plusSeconds(120), SETTLE, PAUSE)).isFalse();
    }

    @Test
    void aPassThatMetSomethingIsFollowedByAnother() {
        ResealingProgress met = begun(NOON.plusSeconds(200));
        met = met.with(met.pass().counted(Map.of("0badcafe", 5L, "00000001", 1L), 1, RowAddress.START), 0)
                .passed(NOON.plusSeconds(210), COLUMNS, SETTLE);

        assertThat(met.finishedAt()).isEmpty();
        assertThat(met.counts().values()).containsEntry("00000001", 1L).containsEntry("0badcafe", 5L);
        assertThat(met.rests(NOON.plusSeconds(239), SETTLE, PAUSE)).isTrue();
        assertThat(met.rests(NOON.plusSeconds(240), SETTLE, PAUSE)).isFalse();
    }

    @Test
    void aLatePassThatMetNothingIsTheEnd() {
        ResealingProgress clean = begun(NOON.plusSeconds(120)).passed(NOON.plusSeconds(130), COLUMNS, SETTLE);

        assertThat(clean.finishedAt()).hasValue(NOON.plusSeconds(130));
        assertThat(clean.rests(NOON.plusSeconds(86_400), SETTLE, PAUSE)).isTrue();
    }

    @Test
    void aTableThatWasMadeDuringThePassIsFollowedByAnotherAndADroppedOneIsNot() {
        List<SealedColumn> more =
                List.of(COLUMNS.get(0), new SealedColumn("log_piece_2026_02", "content"), COLUMNS.get(1));
        ResealingProgress missed = begun(NOON.plusSeconds(120)).passed(NOON.plusSeconds(130), more, SETTLE);

        assertThat(missed.finishedAt()).isEmpty();
        assertThat(missed.rests(NOON.plusSeconds(159), SETTLE, PAUSE)).isTrue();
        assertThat(missed.rests(NOON.plusSeconds(160), SETTLE, PAUSE)).isFalse();
        assertThat(begun(NOON.plusSeconds(120))
                        .passed(NOON.plusSeconds(130), List.of(COLUMNS.get(1)), SETTLE)
                        .finishedAt())
                .isPresent();
    }

    @Test
    void partsAreWholeNumbersOfBlocks() {
        RowAddress inside = RowAddress.parse("(300,17)");

        assertThat(inside.part(128)).isEqualTo(new RowAddress(256, 0));
        assertThat(inside.nextPart(128)).isEqualTo(new RowAddress(384, 0));
        assertThat(inside).hasToString("(300,17)");
        assertThat(RowAddress.START.nextPart(128)).isEqualTo(new RowAddress(128, 0));
    }
}
