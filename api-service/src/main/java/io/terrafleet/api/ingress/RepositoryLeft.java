package io.terrafleet.api.ingress;

/** Fired inside the transaction in which somebody ceases to follow a repository; others may still. */
public record RepositoryLeft(Repo repo) {}
