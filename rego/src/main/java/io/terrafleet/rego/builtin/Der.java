package io.terrafleet.rego.builtin;

import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One element of the distinguished encoding rules (ITU-T X.690).
 *
 * @param tag the identifier octet
 * @param encoded the whole element
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Der(int tag, byte[] content, byte[] encoded) {
    static final int BIT_STRING = 0x03;
    static final int OBJECT_IDENTIFIER = 0x06;
    private static final int MAX_ELEMENTS = 10_000;

    static Der of(byte[] encoded) throws GeneralSecurityException {
        List<Der> all = sequence(encoded);
        if (all.size() != 1) {
            throw new GeneralSecurityException("malformed: expected one element");
        }
        return all.getFirst();
    }

    /** The elements that follow each other in a text. */
    static List<Der> sequence(byte[] bytes) throws GeneralSecurityException {
        List<Der> elements = new ArrayList<>();
        ByteBuffer in = ByteBuffer.wrap(bytes);
        while (in.hasRemaining()) {
            if (elements.size() >= MAX_ELEMENTS) {
                throw new GeneralSecurityException("malformed: too many elements");
            }
            int start = in.position();
            int tag = in.get() & 0xFF;
            int length = length(in);
            if (length < 0 || length > in.remaining()) {
                throw new GeneralSecurityException("malformed: truncated");
            }
            byte[] content = new byte[length];
            in.get(content);
            elements.add(new Der(tag, content, Arrays.copyOfRange(bytes, start, in.position())));
        }
        return elements;
    }

    private static int length(ByteBuffer in) {
        int first = in.hasRemaining() ? in.get() & 0xFF : -1;
        if (first < 0x80) {
            return first;
        }
        int octets = first & 0x7F;
        if (octets == 0 || octets > 4 || octets > in.remaining()) {
            return -1;
        }
        int length = 0;
        for (int i = 0; i < octets; i++) {
            length = (length << 8) | (in.get() & 0xFF);
        }
        return length;
    }

    List<Der> children() throws GeneralSecurityException {
        return sequence(content);
    }

    Der child(int index) throws GeneralSecurityException {
        List<Der> children = children();
        if (index >= children.size()) {
            throw new GeneralSecurityException("malformed: element is missing");
        }
        return children.get(index);
    }

    BigInteger integer() {
        return content.length == 0 ? BigInteger.ZERO : new BigInteger(content);
    }

    /** A bit string's bytes. */
    byte[] bits() {
        return content.length == 0 ? content : Arrays.copyOfRange(content, 1, content.length);
    }

    String text() {
        boolean wide = tag == 0x1E;
        return new String(content, wide ? StandardCharsets.UTF_16BE : StandardCharsets.UTF_8);
    }

    /** An object identifier's numbers. */
    List<Integer> identifier() {
        List<Integer> numbers = new ArrayList<>();
        int value = 0;
        for (byte octet : content) {
            value = (value << 7) | (octet & 0x7F);
            if ((octet & 0x80) == 0) {
                if (numbers.isEmpty()) {
                    int first = Math.min(value / 40, 2);
                    numbers.add(first);
                    value -= first * 40;
                }
                numbers.add(value);
                value = 0;
            }
        }
        return numbers;
    }
}
