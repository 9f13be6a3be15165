package io.terrafleet.api.oauth;

import java.net.URI;
import java.util.Optional;

/**
 * What a connection's token opens.
 *
 * @param clientId of the connection
 * @param provider what speaks there
 * @param base where the provider's repositories are, for example {@code https://github.com}
 * @param api where its API is
 * @param token never to be shown
 * @param sshKey nor this
 */
public record RepositoryAccess(
        String clientId, ServiceProvider provider, URI base, URI api, String token, Optional<String> sshKey) {
    /** Without what is secret. */
    @Override
    public String toString() {
        return base.toString();
    }
}
