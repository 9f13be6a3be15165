package io.terrafleet.runner.log;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Replaces sensitive values in a stream of bytes, also when a value is torn between two chunks or wrapped over two lines by
 * terraform. Hidden are the values themselves, each line of a value of several lines, and the quoted texts inside an HCL value.
 * Values shorter than {@value #SHORTEST} characters and the words {@code true}, {@code false} and {@code null} are not hidden: they
 * cannot be told from ordinary output. Not safe for use by several threads.
 */
public final class Mask {
    public static final int SHORTEST = 4;
    public static final String HIDDEN = "(sensitive value)";

    private static final Set<String> PLAIN_WORDS = Set.of("true", "false", "null");
    private static final Pattern QUOTED = Pattern.compile("\"((?:[^\"\\\\]|\\\\.)*)\"");
    private static final byte[] MARK = HIDDEN.getBytes(StandardCharsets.UTF_8);
    private static final int NO = -1;
    private static final int PERHAPS = -2;

    private List<byte[]> secrets;
    private final boolean[] starts = new boolean[256];
    private byte[] held = {};

    private Mask(List<byte[]> secrets) {
        this.secrets = secrets;
        begin();
    }

    private void begin() {
        secrets.forEach(secret -> starts[secret[0] & 0xff] = true);
    }

    /** @param sensitive values as the workspace has them */
    public static Mask of(Collection<String> sensitive) {
        return new Mask(longestFirst(List.of(), sensitive));
    }

    /** For what becomes known only while the phase works; from now on. */
    public void alsoHide(Collection<String> sensitive) {
        secrets = longestFirst(secrets, sensitive);
        begin();
    }

    private static List<byte[]> longestFirst(List<byte[]> known, Collection<String> sensitive) {
        Set<String> texts = new TreeSet<>();
        sensitive.forEach(value -> add(texts, value));
        return Stream.concat(known.stream(), texts.stream().map(text -> text.getBytes(StandardCharsets.UTF_8)))
                .sorted(Comparator.comparingInt((byte[] secret) -> secret.length)
                        .reversed())
                .toList();
    }

    private static void add(Set<String> texts, String value) {
        addOne(texts, value);
        addOne(
                texts,
                value.replace("\\", "\\\\")
                        .replace("\"", "\\\"")
                        .replace("\n", "\\n")
                        .replace("\t", "\\t"));
        value.lines().forEach(line -> addOne(texts, line));
        Matcher quoted = QUOTED.matcher(value);
        while (quoted.find()) {
            addOne(texts, quoted.group(1));
        }
    }

    private static void addOne(Set<String> texts, String value) {
        String text = value.strip();
        if (text.length() >= SHORTEST && !PLAIN_WORDS.contains(text)) {
            texts.add(text);
        }
    }

    /** The bytes that can be shown now; the rest is held back until more is known. */
    public byte[] pass(byte[] chunk) {
        if (secrets.isEmpty()) {
            return chunk;
        }
        return scan(join(held, chunk), false);
    }

    /** The bytes held back, at the end of the output. */
    public byte[] rest() {
        return scan(held, true);
    }

    /** A whole text with sensitive values replaced; what is held back of the stream plays no part. */
    public String hide(String text) {
        if (secrets.isEmpty()) {
            return text;
        }
        Mask fresh = new Mask(secrets);
        byte[] shown = fresh.pass(text.getBytes(StandardCharsets.UTF_8));
        return new String(join(shown, fresh.rest()), StandardCharsets.UTF_8);
    }

    /** Whether there is nothing to look for. */
    public boolean isEmpty() {
        return secrets.isEmpty();
    }

    private byte[] scan(byte[] data, boolean last) {
        ByteArrayOutputStream shown = new ByteArrayOutputStream(data.length + 16);
        held = new byte[0];
        int plainFrom = 0;
        int at = 0;
        while (at < data.length) {
            int end = starts[data[at] & 0xff] ? longest(data, at, last) : NO;
            if (end == NO) {
                at++;
                continue;
            }
            shown.write(data, plainFrom, at - plainFrom);
            plainFrom = at;
            if (end == PERHAPS) {
                held = Arrays.copyOfRange(data, at, data.length);
                return shown.toByteArray();
            }
            shown.writeBytes(MARK);
            at = end;
            plainFrom = end;
        }
        shown.write(data, plainFrom, data.length - plainFrom);
        return shown.toByteArray();
    }

    /** Where the longest secret that begins at {@code at} ends; or that it cannot be said yet, or that none does. */
    private int longest(byte[] data, int at, boolean last) {
        for (byte[] secret : secrets) {
            int end = match(data, at, secret);
            if (end >= 0 || (end == PERHAPS && !last)) {
                return end;
            }
        }
        return NO;
    }

    private static int match(byte[] data, int at, byte[] secret) {
        int i = at;
        int s = 0;
        while (s < secret.length) {
            if (isSpace(secret[s])) {
                while (s < secret.length && isSpace(secret[s])) {
                    s++;
                }
                int end = gap(data, i);
                if (end == i && i < data.length) {
                    return NO;
                }
                i = end;
            }
            if (i >= data.length) {
                return PERHAPS;
            }
            if (data[i] != secret[s]) {
                return NO;
            }
            i++;
            s++;
        }
        return i;
    }

    /** The end of a run of what terraform may put between two words of a message: space, line ends, colour, its margin. */
    private static int gap(byte[] data, int from) {
        int i = from;
        while (i < data.length) {
            if (isSpace(data[i])) {
                i++;
            } else if (data[i] == 0x1b) {
                i = colourEnd(data, i);
            } else if (data[i] == (byte) 0xe2) {
                i = Math.min(data.length, i + 3);
            } else {
                break;
            }
        }
        return i;
    }

    private static int colourEnd(byte[] data, int from) {
        int i = from + 1;
        while (i < data.length && data[i] != 'm' && i - from < 16) {
            i++;
        }
        return Math.min(data.length, i + 1);
    }

    private static boolean isSpace(byte value) {
        return value == ' ' || value == '\n' || value == '\r' || value == '\t';
    }

    private static byte[] join(byte[] first, byte[] second) {
        if (first.length == 0) {
            return second;
        }
        byte[] both = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, both, first.length, second.length);
        return both;
    }
}
