package io.terrafleet.api.vcs;

import java.net.URI;
import java.util.Optional;

/**
 * A repository elsewhere.
 *
 * @param address without a password; over SSH with the user
 * @param token what the host knows the caller by over HTTP
 * @param sshKey the private key that it knows the caller by over SSH
 */
public record Remote(URI address, Optional<String> token, Optional<String> sshKey) {
    /** Without what is secret. */
    @Override
    public String toString() {
        return address.toString();
    }
}
