package io.terrafleet.api.oauth;

/** Fired inside a transaction when a host has told that a repository of a connection has another name from now on. */
public record RepositoryRenamed(String organizationId, String clientId, String before, String identifier) {}
