package io.terrafleet.api.oauth;

/** Fired inside the transaction in which something that is no workspace was given a repository of a connection. */
public record RepositoryFollowed(String organizationId, String clientId, String identifier) {}
