package io.terrafleet.embedded;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;

/** Finds a port, or says who cannot have the one that was asked for. */
final class FreePort {
    private FreePort() {}

    /** @param wanted 0 for any */
    static int of(int wanted, String forWhom) {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), wanted));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new IllegalStateException(
                    "port " + wanted + " for " + forWhom + " is taken by another program; choose another or 0", e);
        }
    }
}
