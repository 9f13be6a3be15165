package io.terrafleet.contracts;

import java.net.Inet6Address;
import java.net.InetAddress;

/** Tells addresses of the public internet from all others: where no process of ours goes for an address that somebody named. */
public final class PrivateAddresses {
    private PrivateAddresses() {}

    public static boolean isPrivate(InetAddress address) {
        return address.isAnyLocalAddress()
                || address.isLoopbackAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || special(address.getAddress(), address instanceof Inet6Address);
    }

    /** What the registries of special addresses keep from the public internet; of IPv6 only 2000::/3 is on it. */
    private static boolean special(byte[] bytes, boolean six) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        if (six) {
            boolean global = (first & 0xe0) == 0x20;
            boolean tunnelled = first == 0x20 && second == 0x02;
            return !global || tunnelled;
        }
        boolean carrier = first == 100 && (second & 0xc0) == 64;
        boolean protocol = first == 192 && second == 0;
        boolean benchmark = first == 198 && (second & 0xfe) == 18;
        return first == 0 || first >= 240 || carrier || protocol || benchmark;
    }
}
