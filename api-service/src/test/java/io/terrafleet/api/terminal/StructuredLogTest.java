package io.terrafleet.api.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class StructuredLogTest {
    private static final String CREATED =
            "{\"@level\":\"info\",\"@message\":\"a: Creating…\",\"type\":\"apply_start\"}\n";

    private static String text(StructuredLog.Shown shown) {
        return new String(shown.text(), StandardCharsets.UTF_8);
    }

    private static StructuredLog.Shown shown(String piece, boolean last) {
        return StructuredLog.shown(piece.getBytes(StandardCharsets.UTF_8), last);
    }

    @Test
    void messagesBecomeLinesAndOtherLinesStay() {
        StructuredLog.Shown shown = shown(
                "\u0002Terraform v1.11.4\n{\"@level\":\"info\",\"@message\":\"Terraform 1.11.4\",\"type\":\"version\"}\n"
                        + CREATED + "{ no message }\n\u0003",
                true);
        assertThat(text(shown)).isEqualTo("\u0002Terraform v1.11.4\na: Creating…\n{ no message }\n\u0003");
        assertThat(shown.held()).isZero();
    }

    @Test
    void aMessageThatIsNotWholeYetIsHeldBack() {
        String torn = CREATED.substring(0, 30);
        StructuredLog.Shown shown = shown("plain\n" + CREATED + torn, false);
        assertThat(text(shown)).isEqualTo("plain\na: Creating…\n");
        assertThat(shown.held()).isEqualTo(torn.getBytes(StandardCharsets.UTF_8).length);
        assertThat(shown("half a plain line", false).held()).isZero();
    }

    @Test
    void plainTextComesOutByteForByte() {
        byte[] torn = {'a', '\n', (byte) 0xe2, (byte) 0x82};
        assertThat(StructuredLog.shown(torn, false).text()).isEqualTo(torn);
    }

    @Test
    void anErrorSaysWhereAndWhy() {
        assertThat(text(shown(
                        "{\"@level\":\"error\",\"@message\":\"Error: Bad\",\"diagnostic\":{\"severity\":\"error\",\"summary\":\"Bad\","
                                + "\"detail\":\"Because.\",\"range\":{\"filename\":\"main.tf\",\"start\":{\"line\":7}}},\"type\":\"diagnostic\"}\n",
                        true)))
                .isEqualTo("\nError: Bad\n  on main.tf line 7\n\nBecause.\n");
    }

    @Test
    void whatOnlyLooksLikeAMessageIsShownAsItIs() {
        assertThat(text(shown("{\"@level\": broken\n", true))).isEqualTo("{\"@level\": broken\n");
    }
}
