package io.terrafleet.rego.builtin;

import java.math.BigInteger;
import org.jspecify.annotations.Nullable;

/**
 * A block of addresses.
 *
 * @param bits 32 or 128
 * @param first the lowest address, host bits cleared
 * @param prefix how many bits are fixed
 */
record Cidr(int bits, BigInteger first, int prefix) {
    /** Null when the text is not a CIDR block. */
    static @Nullable Cidr parse(String text) {
        int slash = text.indexOf('/');
        if (slash < 0) {
            return null;
        }
        Cidr address = address(text.substring(0, slash));
        String length = text.substring(slash + 1);
        if (address == null || !length.matches("0|[1-9]\\d{0,2}")) {
            return null;
        }
        int prefix = Integer.parseInt(length);
        return prefix > address.bits ? null : masked(address.bits, address.first, prefix);
    }

    private static Cidr masked(int bits, BigInteger address, int prefix) {
        int host = bits - prefix;
        return new Cidr(bits, address.shiftRight(host).shiftLeft(host), prefix);
    }

    /** A single address as a block of one; null when the text is none. No names are looked up. */
    static @Nullable Cidr address(String text) {
        return text.indexOf(':') >= 0 ? six(text) : four(text);
    }

    private static @Nullable Cidr four(String text) {
        String[] parts = text.split("\\.", -1);
        if (parts.length != 4) {
            return null;
        }
        long address = 0;
        for (String part : parts) {
            if (!part.matches("0|[1-9]\\d{0,2}") || Integer.parseInt(part) > 255) {
                return null;
            }
            address = address << 8 | Integer.parseInt(part);
        }
        return new Cidr(32, BigInteger.valueOf(address), 32);
    }

    private static @Nullable Cidr six(String text) {
        String groups = text;
        int lastColon = text.lastIndexOf(':');
        if (text.indexOf('.') > 0) {
            Cidr tail = four(text.substring(lastColon + 1));
            if (tail == null) {
                return null;
            }
            long v4 = tail.first.longValue();
            groups = text.substring(0, lastColon + 1) + Long.toHexString(v4 >>> 16) + ":"
                    + Long.toHexString(v4 & 0xFFFF);
        }
        int gap = groups.indexOf("::");
        if (gap >= 0 && groups.indexOf("::", gap + 1) >= 0) {
            return null;
        }
        String[] head = parts(gap < 0 ? groups : groups.substring(0, gap));
        String[] tail = gap < 0 ? new String[0] : parts(groups.substring(gap + 2));
        int given = head.length + tail.length;
        if (gap < 0 ? given != 8 : given > 7) {
            return null;
        }
        BigInteger address = BigInteger.ZERO;
        for (int i = 0; i < 8; i++) {
            String part = i < head.length ? head[i] : i >= 8 - tail.length ? tail[i - 8 + tail.length] : "0";
            if (!part.matches("[0-9a-fA-F]{1,4}")) {
                return null;
            }
            address = address.shiftLeft(16).or(BigInteger.valueOf(Integer.parseInt(part, 16)));
        }
        return mapped(address);
    }

    /** An IPv4-mapped address is that IPv4 address. */
    private static Cidr mapped(BigInteger address) {
        boolean v4 = address.shiftRight(32).equals(BigInteger.valueOf(0xFFFF));
        return v4 ? new Cidr(32, address.and(BigInteger.valueOf(0xFFFF_FFFFL)), 32) : new Cidr(128, address, 128);
    }

    private static String[] parts(String groups) {
        return groups.isEmpty() ? new String[0] : groups.split(":", -1);
    }

    BigInteger last() {
        return first.add(size()).subtract(BigInteger.ONE);
    }

    BigInteger size() {
        return BigInteger.ONE.shiftLeft(bits - prefix);
    }

    boolean contains(Cidr other) {
        return bits == other.bits && first.compareTo(other.first) <= 0 && last().compareTo(other.last()) >= 0;
    }

    boolean intersects(Cidr other) {
        return contains(other) || other.contains(this);
    }

    static String text(int bits, BigInteger address) {
        return bits == 32 ? text4(address.longValue()) : text6(address);
    }

    private static String text4(long a) {
        return (a >> 24 & 255) + "." + (a >> 16 & 255) + "." + (a >> 8 & 255) + "." + (a & 255);
    }

    /** The longest run of zero groups is left out, as RFC 5952 says. */
    private static String text6(BigInteger address) {
        int[] groups = new int[8];
        for (int i = 0; i < 8; i++) {
            groups[i] = address.shiftRight(16 * (7 - i)).intValue() & 0xFFFF;
        }
        int best = -1;
        int length = 1;
        for (int i = 0; i < 8; i++) {
            int run = 0;
            while (i + run < 8 && groups[i + run] == 0) {
                run++;
            }
            if (run > length) {
                best = i;
                length = run;
            }
        }
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < 8; i++) {
            if (i == best) {
                out.append("::");
                i += length - 1;
            } else {
                out.append(out.isEmpty() || out.charAt(out.length() - 1) == ':' ? "" : ":")
                        .append(Integer.toHexString(groups[i]));
            }
        }
        return out.toString();
    }

    @Override
    public String toString() {
        return text(bits, first) + "/" + prefix;
    }
}
