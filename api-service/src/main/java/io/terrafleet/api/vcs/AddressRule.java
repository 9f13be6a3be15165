package io.terrafleet.api.vcs;

import io.terrafleet.contracts.PrivateAddresses;
import java.io.IOException;
import java.net.InetAddress;
import java.net.URI;
import java.net.UnknownHostException;
import java.util.Optional;

/** Which addresses may be asked for a repository. The JVM keeps what a name was resolved to for the connection that follows. */
final class AddressRule {
    private final boolean allowPrivate;
    private final boolean allowFiles;

    AddressRule(boolean allowPrivate, boolean allowFiles) {
        this.allowPrivate = allowPrivate;
        this.allowFiles = allowFiles;
    }

    /** Why not, by the text of the address; empty when it may be tried. */
    Optional<String> objection(URI address) {
        return switch (String.valueOf(address.getScheme())) {
            case "file" -> allowFiles ? Optional.empty() : Optional.of("repositories on this machine are not allowed");
            case "http", "https" ->
                address.getHost() == null || address.getUserInfo() != null
                        ? Optional.of("its address must name a host, and no user or password")
                        : Optional.empty();
            case "ssh" ->
                address.getHost() == null
                                || String.valueOf(address.getUserInfo()).contains(":")
                        ? Optional.of("its address must be one such as ssh://git@example.com/acme/policies.git")
                        : Optional.empty();
            default -> Optional.of("its address must begin with https:// or ssh://");
        };
    }

    void require(String host) throws IOException {
        if (allowPrivate) {
            return;
        }
        try {
            for (InetAddress address : InetAddress.getAllByName(host.replaceAll("^\\[|]$", ""))) {
                if (PrivateAddresses.isPrivate(address)) {
                    throw new IOException("the address of " + host + " is not on the public internet");
                }
            }
        } catch (UnknownHostException e) {
            throw new IOException("the name " + host + " is not known", e);
        }
    }
}
