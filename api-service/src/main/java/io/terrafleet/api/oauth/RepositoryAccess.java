package io.terrafleet.api.oauth;

import java.net.URI;
import java.util.Optional;

/**
 * What a connection's token opens.
 *
 * @param base where the provider's repositories are, for example {@code https://github.com}
 * @param token never to be shown
 * @param sshKey nor this
 */
public record RepositoryAccess(URI base, String token, Optional<String> sshKey) {
    /** Without what is secret. */
    @Override
    public String toString() {
        return base.toString();
    }
}
