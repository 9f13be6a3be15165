package io.terrafleet.api.run;

import io.terrafleet.api.access.Caller;
import io.terrafleet.api.configuration.Configurations;
import io.terrafleet.api.document.Relation;
import io.terrafleet.api.document.Resource;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The run that a configuration was uploaded for: the first with it. */
@ApplicationScoped
class ConfigurationRunRelation implements Relation {
    private final Configurations configurations;
    private final Runs runs;
    private final RunDocument documents;
    private final Caller caller;

    ConfigurationRunRelation(Configurations configurations, Runs runs, RunDocument documents, Caller caller) {
        this.configurations = configurations;
        this.runs = runs;
        this.documents = documents;
        this.caller = caller;
    }

    @Override
    public String type() {
        return "configuration-versions";
    }

    @Override
    public String name() {
        return "run";
    }

    @Override
    public boolean many() {
        return false;
    }

    @Override
    public List<Resource> of(String id) {
        return configurations.find(id).flatMap(runs::firstOf).stream()
                .map(run -> documents.of(run, caller.principal()))
                .toList();
    }
}
