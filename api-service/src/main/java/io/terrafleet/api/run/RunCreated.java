package io.terrafleet.api.run;

/** Fired inside the transaction that makes a run, before it moves for the first time. */
public record RunCreated(Run run) {}
