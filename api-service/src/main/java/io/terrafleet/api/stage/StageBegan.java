package io.terrafleet.api.stage;

/** Fired inside the transaction in which a run comes to a stage; observe it after success to ask the tasks. */
public record StageBegan(String stageId) {}
