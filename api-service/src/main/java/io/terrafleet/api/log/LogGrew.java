package io.terrafleet.api.log;

/** Fired inside the transaction that adds to a log or closes it; observe it after success to tell who watches. */
public record LogGrew(String log, long length, boolean closed) {}
