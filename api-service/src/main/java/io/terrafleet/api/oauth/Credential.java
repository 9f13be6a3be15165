package io.terrafleet.api.oauth;

import java.net.URI;
import java.util.Optional;

/**
 * What is kept of a connection's token. {@link OauthClients#access(Credential)} tells what opens the host, which for an App GitHub has to be asked.
 *
 * @param base where the provider's repositories are
 * @param api where its API is
 * @param secret the token, or the private key of the App; never to be shown
 * @param app the installation of a GitHub App that it is
 * @param sshKey not to be shown either
 */
public record Credential(
        String clientId,
        ServiceProvider provider,
        URI base,
        URI api,
        String secret,
        Optional<Installation> app,
        Optional<String> sshKey) {

    /**
     * @param app its number, or its client id
     * @param id of the installation
     */
    public record Installation(String app, String id) {}

    /** Without what is secret. */
    @Override
    public String toString() {
        return base.toString();
    }
}
