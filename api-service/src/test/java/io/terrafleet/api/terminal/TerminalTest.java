package io.terrafleet.api.terminal;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class TerminalTest {
    private static final String ESC = "\u001b";

    @Test
    void plainTextIsEscaped() {
        assertThat(html("a <script>alert(\"x\")</script> & 'b'\n"))
                .isEqualTo("a &lt;script&gt;alert(&quot;x&quot;)&lt;/script&gt; &amp; &#39;b&#39;\n");
    }

    @Test
    void coloursAndStylesBecomeClasses() {
        assertThat(html(ESC + "[1m" + ESC + "[32mok" + ESC + "[0m done"))
                .isEqualTo("<span class=\"t-b t-k2\">ok</span> done");
        assertThat(html(ESC + "[4;95;44mx" + ESC + "[24;39;49my"))
                .isEqualTo("<span class=\"t-u t-k13 t-p4\">x</span>y");
        assertThat(html(ESC + "[2;3;7mx" + ESC + "[22;23;27my")).isEqualTo("<span class=\"t-f t-i t-n\">x</span>y");
    }

    @Test
    void the256AndTheTrueColours() {
        assertThat(html(ESC + "[38;5;208mx")).isEqualTo("<span class=\"t-k208\">x</span>");
        assertThat(html(ESC + "[38;2;255;135;0mx")).isEqualTo("<span class=\"t-k208\">x</span>");
        assertThat(html(ESC + "[48;2;8;8;8;1mx")).isEqualTo("<span class=\"t-b t-p232\">x</span>");
        assertThat(html(ESC + "[38:5:9mx")).isEqualTo("<span class=\"t-k9\">x</span>");
    }

    @Test
    void badCodesAreNoColours() {
        assertThat(html(ESC + "[38;5;999mx")).isEqualTo("x");
        assertThat(html(ESC + "[38;5mx" + ESC + "[38my" + ESC + "[;mz")).isEqualTo("xyz");
        assertThat(html(ESC + "[99999999999mx")).isEqualTo("x");
        assertThat(html(ESC + "[\"><img src=x>mx")).isEqualTo("mg src=x&gt;mx");
    }

    @Test
    void otherSequencesAndControlsVanish() {
        assertThat(html("a" + ESC + "[2K" + ESC + "[1A" + ESC + "(B" + ESC + "cb"))
                .isEqualTo("ab");
        assertThat(html(ESC + "]0;title\u0007a" + ESC + "]8;;http://x" + ESC + "\\link" + ESC + "]8;;" + ESC + "\\"))
                .isEqualTo("alink");
        assertThat(html("\u0002a\u0000\u0003\u007f\u009b\u202eb")).isEqualTo("ab");
        assertThat(html("a\r\nb\rc")).isEqualTo("a\nb\nc");
    }

    @Test
    void aPenGoesOnInTheNextPiece() {
        Terminal first = Terminal.fresh();
        assertThat(first.html(bytes("a" + ESC + "[31mb"))).isEqualTo("a<span class=\"t-k1\">b</span>");
        assertThat(first.state()).isEqualTo("k1");
        assertThat(Terminal.at(first.state()).html(bytes("c"))).isEqualTo("<span class=\"t-k1\">c</span>");
    }

    @Test
    void aStateThatWasTamperedWithIsPlain() {
        for (String state : new String[] {"k1\"><b>", "zzz", "k999", "k1k2", "\u0000", "p", "bbbbbbb"}) {
            assertThat(Terminal.at(state).html(bytes("x")))
                    .doesNotContain("<b>")
                    .endsWith("x");
        }
        assertThat(Terminal.at("biunk200p17").state()).isEqualTo("biunk200p17");
    }

    @Test
    void wherePiecesAreCutMakesNoDifference() {
        String log = "Zeile Ä€😀 " + ESC + "[1;38;2;10;200;30mgrün" + ESC + "[0m\r\n" + ESC + "]8;;http://x" + ESC
                + "\\l" + ESC + "[90m<ende>" + ESC + "[0m\r\n";
        String whole = visible(html(log));
        byte[] bytes = bytes(log);
        Random cuts = new Random(7);
        for (int round = 0; round < 500; round++) {
            Terminal terminal = Terminal.fresh();
            StringBuilder html = new StringBuilder();
            int at = 0;
            while (at < bytes.length) {
                int to = Math.min(bytes.length, at + 1 + cuts.nextInt(5));
                html.append(terminal.html(Arrays.copyOfRange(bytes, at, to)));
                at = to;
            }
            assertThat(visible(html.toString())).isEqualTo(whole);
            assertThat(terminal.held()).isZero();
        }
    }

    @Test
    void resumingEarlierByWhatWasHeldLosesNothing() {
        byte[] bytes = bytes("ab" + ESC + "[3");
        Terminal terminal = Terminal.fresh();
        assertThat(terminal.html(bytes)).isEqualTo("ab");
        assertThat(terminal.held()).isEqualTo(3);
        assertThat(terminal.rest()).isEmpty();
        assertThat(Terminal.at(terminal.state()).html(bytes(ESC + "[32mc"))).isEqualTo("<span class=\"t-k2\">c</span>");
    }

    @Test
    void bytesThatAreNoTextAndSequencesWithoutEndDoNotStopIt() {
        Terminal terminal = Terminal.fresh();
        String html = terminal.html(new byte[] {(byte) 0xff, 'a', (byte) 0xc3, 'b', (byte) 0xf0})
                + terminal.html(bytes("c" + ESC + "[" + ";".repeat(10_000) + "d"));
        assertThat(html).contains("a").contains("b").contains("c").contains("d");
        assertThat(terminal.held()).isLessThan(300);
    }

    @Test
    void everyInkCanBeReadOnTheLogsGround() {
        double ground = Palette.luminance(0x0d1219);
        assertThat(Palette.css().lines()).hasSize(256).allSatisfy(rule -> {
            int ink = Integer.parseInt(rule.substring(rule.indexOf('#') + 1, rule.indexOf('#') + 7), 16);
            assertThat((Palette.luminance(ink) + 0.05) / (ground + 0.05))
                    .as(rule)
                    .isGreaterThan(4.5);
        });
    }

    private static String html(String log) {
        Terminal terminal = Terminal.fresh();
        return terminal.html(bytes(log)) + terminal.rest();
    }

    /** The same text in the same colours may be cut into more spans. */
    private static String visible(String html) {
        StringBuilder seen = new StringBuilder();
        String classes = "";
        for (String part : html.split("(?=<)|(?<=>)")) {
            if (part.startsWith("<span")) {
                classes = part;
            } else if (part.equals("</span>")) {
                classes = "";
            } else {
                for (String unit : part.split("(?!^)(?=&)|(?<=;)|")) {
                    seen.append(classes).append(unit);
                }
            }
        }
        return seen.toString();
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
