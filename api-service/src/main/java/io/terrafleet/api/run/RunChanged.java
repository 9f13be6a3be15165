package io.terrafleet.api.run;

import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.WorkspaceId;

/** Fired inside the transaction of every transition; observe it after success to tell who watches. */
public record RunChanged(RunId run, WorkspaceId workspace, RunState from, RunState to) {}
