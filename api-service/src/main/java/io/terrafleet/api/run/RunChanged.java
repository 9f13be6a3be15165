package io.terrafleet.api.run;

import io.terrafleet.contracts.RunId;
import io.terrafleet.contracts.WorkspaceId;

/** Fired inside the transaction of every transition; observe it after success to tell who watches. */
public record RunChanged(Run now, RunState from) {
    public RunId run() {
        return now.id();
    }

    public WorkspaceId workspace() {
        return now.workspace();
    }

    public RunState to() {
        return now.state();
    }
}
