package io.terrafleet.api.ingress;

/** Fired inside the transaction in which a change ended, was held, or was given up. */
public record ChangeMoved(Repo repo, Change change) {}
