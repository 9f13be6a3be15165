package io.terrafleet.api.oauth;

import java.util.Optional;

/**
 * Fired in the transaction that deletes a connection, before it is gone: what was made at its host is still to be taken away.
 *
 * @param credential empty where it has no token
 */
public record OauthClientDeletion(String clientId, Optional<Credential> credential) {}
