package io.terrafleet.api.oauth;

/** Fired inside the transaction in which a connection was changed, its token perhaps. */
public record OauthClientChanged(String clientId) {}
