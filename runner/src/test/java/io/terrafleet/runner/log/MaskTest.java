package io.terrafleet.runner.log;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MaskTest {
    private static String through(Mask mask, String text, int chunk) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        ByteArrayOutputStream shown = new ByteArrayOutputStream();
        for (int at = 0; at < bytes.length; at += chunk) {
            shown.writeBytes(mask.pass(java.util.Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + chunk))));
        }
        shown.writeBytes(mask.rest());
        return shown.toString(StandardCharsets.UTF_8);
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3, 7, 100})
    void hidesAcrossChunksOfAnySize(int chunk) {
        Mask mask = Mask.of(List.of("hunter2", "hunter2-and-more", "pässwörd"));

        assertThat(through(mask, "a hunter2 b hunter2-and-more c pässwörd d hunter", chunk))
                .isEqualTo("a (sensitive value) b (sensitive value) c (sensitive value) d hunter");
    }

    @Test
    void hidesAValueThatTerraformWrapped() {
        Mask mask = Mask.of(List.of("correct horse battery"));

        assertThat(through(mask, "Error: correct\n\u001b[31m│\u001b[0m \u001b[0mhorse battery!", 3))
                .isEqualTo("Error: (sensitive value)!");
    }

    @Test
    void hidesEachLineAndEachQuotedText() {
        Mask mask = Mask.of(List.of("first line\nsecond line", "{ user = \"me\", key = \"s3cr3t\" }"));

        assertThat(mask.hide("x second line y s3cr3t z")).isEqualTo("x (sensitive value) y (sensitive value) z");
        assertThat(mask.hide("first line\\nsecond line")).isEqualTo("(sensitive value)");
    }

    @Test
    void leavesShortValuesAndPlainWords() {
        assertThat(Mask.of(List.of("abc", "true", "")).isEmpty()).isTrue();
    }

    @Test
    void whatBecomesKnownLaterIsHiddenFromThenOn() {
        Mask mask = Mask.of(List.of());
        assertThat(mask.hide("a given-token")).isEqualTo("a given-token");
        mask.alsoHide(List.of("given-token"));
        assertThat(through(mask, "a given-token b", 3)).isEqualTo("a (sensitive value) b");
    }
}
