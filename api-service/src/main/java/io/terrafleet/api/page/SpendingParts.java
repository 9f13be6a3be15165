package io.terrafleet.api.page;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.access.Caller;
import io.terrafleet.api.cost.CostScope;
import io.terrafleet.api.cost.Costs;
import io.terrafleet.api.cost.Grouping;
import io.terrafleet.api.cost.Spending;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.run.Runs;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.RunId;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers what pages of costs show. */
@ApplicationScoped
class SpendingParts {
    private final Workspaces workspaces;
    private final Costs costs;
    private final Runs runs;
    private final Caller caller;
    private final InstantSource clock;

    SpendingParts(
            Workspaces workspaces, Costs costs, Runs runs, Caller caller, @Identifier("api") InstantSource clock) {
        this.workspaces = workspaces;
        this.costs = costs;
        this.runs = runs;
        this.caller = caller;
        this.clock = clock;
    }

    /** One for each currency. */
    List<SpendingPart> of(Organization organization, CostScope scope, Grouping grouping) {
        Instant now = clock.instant();
        List<SpendingPart> parts = new ArrayList<>();
        costs.spending(caller.principal(), organization, scope, now)
                .forEach((currency, spending) ->
                        parts.add(SpendingPart.of(currency, spending, grouping, now, step -> run(organization, step))));
        return parts;
    }

    private Optional<RunRow> run(Organization organization, Spending.Step step) {
        return step.run().isEmpty()
                ? Optional.empty()
                : workspaces.byName(organization.id(), step.workspaceName()).flatMap(workspace -> runs.find(
                                new RunId(step.run()))
                        .filter(run -> run.workspace().equals(workspace.id()))
                        .map(run -> RunRow.of(run, workspace)));
    }
}
