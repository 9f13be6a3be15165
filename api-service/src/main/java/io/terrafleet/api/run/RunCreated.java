package io.terrafleet.api.run;

/** Fired inside the transaction that makes a run, before it gets its turn. */
public record RunCreated(Run run) {}
