package io.terrafleet.api.run;

import io.quarkus.arc.All;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.workspace.Workspace;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What belongs to the run that holds a workspace, or held it last: {@code current_run.plan}, {@code current_run.configuration_version}. */
abstract class CurrentRunPart implements io.terrafleet.api.workspace.WorkspaceInclude {
    private final Runs runs;
    private final List<RunInclude> includes;
    private final String part;

    CurrentRunPart(Runs runs, List<RunInclude> includes, String part) {
        this.runs = runs;
        this.includes = includes;
        this.part = part;
    }

    @Override
    public String name() {
        return "current_run." + part;
    }

    /** The run has it, not the workspace. */
    @Override
    public String relationship() {
        return "";
    }

    @Override
    public Permission needed() {
        return Permission.READ_RUNS;
    }

    @Override
    public List<Resource> of(Workspace workspace) {
        return workspace.currentRun().flatMap(runs::find).stream()
                .flatMap(run -> includes.stream()
                        .filter(include -> include.name().equals(part))
                        .flatMap(include -> include.of(run).stream()))
                .toList();
    }

    @ApplicationScoped
    static class Plan extends CurrentRunPart {
        Plan(Runs runs, @All List<RunInclude> includes) {
            super(runs, includes, "plan");
        }
    }

    @ApplicationScoped
    static class Configuration extends CurrentRunPart {
        Configuration(Runs runs, @All List<RunInclude> includes) {
            super(runs, includes, "configuration_version");
        }
    }
}
