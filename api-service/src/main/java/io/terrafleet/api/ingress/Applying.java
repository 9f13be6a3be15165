package io.terrafleet.api.ingress;

import io.terrafleet.api.access.Principal;
import io.terrafleet.api.configuration.ConfigurationVersion;
import io.terrafleet.api.configuration.Ingestions;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.run.NewRun;
import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.Runs;
import io.terrafleet.api.workspace.Workspace;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.util.List;
import java.util.Optional;

/** Applies a pull request before it is merged: the same content once more, planned again and judged again, as a run that may change something. */
@ApplicationScoped
public class Applying {
    private final IngressStore store;
    private final Ingestions ingestions;
    private final Runs runs;
    private final Event<ChangeRan> ran;

    Applying(IngressStore store, Ingestions ingestions, Runs runs, Event<ChangeRan> ran) {
        this.store = store;
        this.ingestions = ingestions;
        this.runs = runs;
        this.ran = ran;
    }

    /** @param planned the run that has planned it; from now on the new one stands for the change in this workspace */
    @Transactional
    public Run begin(Repo repo, Change change, Workspace workspace, Run planned, Principal who) {
        ChangeRunEntity row = store.runs(change.id()).stream()
                .filter(each -> planned.id().value().equals(each.runId))
                .findFirst()
                .orElseThrow(() -> Problem.conflict("Another run stands for this change already."));
        ConfigurationVersion configuration = ingestions.toApply(planned.configurationVersionId());
        Run run = runs.create(new NewRun(
                workspace.id(),
                Optional.of(configuration.id()),
                false,
                Optional.of(true),
                false,
                true,
                false,
                List.of(),
                List.of(),
                false,
                false,
                Optional.empty(),
                "Apply pull request " + change.name() + " before it is merged",
                List.of(),
                Ingestions.SOURCE,
                who.id(),
                who.name()));
        row.runId = run.id().value();
        store.flush();
        ran.fire(new ChangeRan(repo, change, workspace, Optional.of(run), Optional.empty(), Optional.empty()));
        return run;
    }
}
