package io.terrafleet.api.run;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.WorkspaceId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;
import org.jboss.logging.Logger;

/** Starts the run that destroys a workspace whose time has come, confirmed in advance. */
@ApplicationScoped
class AutomaticDestruction {
    private static final Logger LOG = Logger.getLogger(AutomaticDestruction.class);

    private final Workspaces workspaces;
    private final Runs runs;

    AutomaticDestruction(Workspaces workspaces, Runs runs) {
        this.workspaces = workspaces;
        this.runs = runs;
    }

    @Scheduled(identity = "auto-destroy", every = "30s", concurrentExecution = ConcurrentExecution.SKIP)
    void lookForDue() {
        for (WorkspaceId id : workspaces.dueForDestruction()) {
            try {
                begin(id);
            } catch (Problem problem) {
                LOG.warnf(
                        "auto-destroy could not start workspaceId=%s: %s",
                        id, problem.detail().orElse(problem.title()));
                workspaces.destructionBegan(id, "errored");
            } catch (RuntimeException e) {
                LOG.errorf(e, "auto-destroy has failed and is tried again workspaceId=%s", id);
            }
        }
    }

    @Transactional
    Run begin(WorkspaceId id) {
        workspaces.destructionBegan(id, "planned");
        return runs.create(NewRun.automatic(
                id,
                Optional.of(true),
                true,
                "Automatic destruction, as the workspace's settings say",
                "tfe-infrastructure-lifecycle",
                "",
                "auto-destroy"));
    }
}
