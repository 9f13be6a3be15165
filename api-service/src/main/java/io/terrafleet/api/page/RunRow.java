package io.terrafleet.api.page;

import io.terrafleet.api.run.Run;
import io.terrafleet.api.run.RunView;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.runner.PhaseResult.Counts;
import java.util.List;
import java.util.Optional;

/** One run's line in a list. */
public record RunRow(
        String id,
        String path,
        String title,
        Pill pill,
        String by,
        Moment at,
        List<String> kinds,
        Optional<Counts> counts) {
    static RunRow of(Run run, Workspace workspace) {
        return new RunRow(
                run.id().value(),
                Paths.run(workspace, run.id()),
                HeadPart.title(run),
                Pill.of(run.state()),
                run.createdByName(),
                new Moment(run.createdAt()),
                HeadPart.kinds(run.options()),
                RunView.plan(run.state()).map(plan -> plan.counts()));
    }
}
