package io.terrafleet.api.notification;

import java.net.Inet4Address;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Arrays;
import java.util.Optional;

/** Keeps notifications, whose addresses people choose, from reaching into the network that this service stands in. */
final class AddressGuard {
    private final boolean allowPrivate;

    AddressGuard(boolean allowPrivate) {
        this.allowPrivate = allowPrivate;
    }

    /**
     * Why the address is not gone to; empty when it may be. The JVM remembers a name's addresses for 30 seconds, so the request that
     * follows meets the addresses that were looked at.
     */
    Optional<String> objection(URI uri) {
        try {
            InetAddress[] addresses = InetAddress.getAllByName(uri.getHost());
            if (!allowPrivate && Arrays.stream(addresses).anyMatch(AddressGuard::inner)) {
                return Optional.of("The host " + uri.getHost()
                        + " has an address that is not public, and this installation sends nothing there"
                        + " (terrafleet.notification.allow-private-addresses).");
            }
            return Optional.empty();
        } catch (UnknownHostException e) {
            return Optional.of("The host " + uri.getHost() + " is not known.");
        }
    }

    static boolean inner(InetAddress address) {
        return address.isLoopbackAddress()
                || address.isAnyLocalAddress()
                || address.isLinkLocalAddress()
                || address.isSiteLocalAddress()
                || address.isMulticastAddress()
                || switch (address) {
                    case Inet4Address four -> innerOf4(four.getAddress());
                    case Inet6Address six -> innerOf6(six.getAddress());
                    default -> true;
                };
    }

    /** This network (0/8), shared by carriers (100.64/10), benchmarks (198.18/15), reserved (240/4). */
    private static boolean innerOf4(byte[] bytes) {
        int first = bytes[0] & 0xff;
        int second = bytes[1] & 0xff;
        return first == 0
                || (first == 100 && second >= 64 && second < 128)
                || (first == 198 && (second == 18 || second == 19))
                || first >= 240;
    }

    /** Unique local (fc00::/7), and the ways to write an IPv4 address inside (NAT64, 6to4). */
    private static boolean innerOf6(byte[] bytes) {
        boolean local = (bytes[0] & 0xfe) == 0xfc;
        boolean nat64 = bytes[0] == 0 && (bytes[1] & 0xff) == 0x64 && (bytes[2] & 0xff) == 0xff;
        boolean sixToFour = bytes[0] == 0x20 && bytes[1] == 0x02;
        return local || nat64 || sixToFour;
    }
}
