package io.terrafleet.api.run;

import io.terrafleet.api.document.Relation;
import io.terrafleet.api.document.Resource;
import io.terrafleet.contracts.RunId;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What people did to a run. */
@ApplicationScoped
class RunEventsRelation implements Relation {
    private final RunReading runs;
    private final RunEventView views;

    RunEventsRelation(RunReading runs, RunEventView views) {
        this.runs = runs;
        this.views = views;
    }

    @Override
    public String type() {
        return "runs";
    }

    @Override
    public String name() {
        return "run-events";
    }

    @Override
    public List<Resource> of(String id) {
        return runs.events(new RunId(id)).stream().map(views::of).toList();
    }
}
