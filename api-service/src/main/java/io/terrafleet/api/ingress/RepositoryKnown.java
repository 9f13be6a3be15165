package io.terrafleet.api.ingress;

/** Fired inside the transaction in which somebody began to follow a repository. */
public record RepositoryKnown(Repo repo) {}
