package io.terrafleet.api.vcs;

import java.net.URI;
import java.util.Optional;

/**
 * A repository elsewhere.
 *
 * @param address without user or password
 * @param token what the host knows the caller by
 */
public record Remote(URI address, Optional<String> token) {
    /** Without the token. */
    @Override
    public String toString() {
        return address.toString();
    }
}
