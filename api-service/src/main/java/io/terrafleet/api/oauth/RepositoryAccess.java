package io.terrafleet.api.oauth;

import java.net.URI;

/**
 * What a connection's token opens.
 *
 * @param base where the provider's repositories are, for example {@code https://github.com}
 * @param token never to be shown
 */
public record RepositoryAccess(URI base, String token) {
    /** Without the token. */
    @Override
    public String toString() {
        return base.toString();
    }
}
