package io.terrafleet.api.run;

import io.terrafleet.api.workspace.Workspaces;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/** Lets a workspace know where its current run stands, in the transaction that moves the run. */
@ApplicationScoped
class CurrentRunNews {
    private final Workspaces workspaces;

    CurrentRunNews(Workspaces workspaces) {
        this.workspaces = workspaces;
    }

    void moved(@Observes RunChanged changed) {
        workspaces.currentRunMoved(changed.workspace(), changed.run(), RunView.status(changed.to()));
    }
}
