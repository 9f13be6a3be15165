package io.terrafleet.api.run;

import io.quarkus.arc.All;
import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.workspace.Workspace;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** What belongs to the run that holds a workspace, or held it last. */
@ApplicationScoped
class CurrentRunParts {
    private final Runs runs;
    private final List<RunInclude> includes;

    CurrentRunParts(Runs runs, @All List<RunInclude> includes) {
        this.runs = runs;
        this.includes = includes;
    }

    /** @param part as runs name it */
    List<Resource> of(Workspace workspace, String part) {
        return workspace.currentRun().flatMap(runs::find).stream()
                .flatMap(run -> includes.stream()
                        .filter(include -> include.name().equals(part))
                        .flatMap(include -> include.of(run).stream()))
                .toList();
    }

    @ApplicationScoped
    static class Plan implements io.terrafleet.api.workspace.WorkspaceInclude {
        private final CurrentRunParts parts;

        Plan(CurrentRunParts parts) {
            this.parts = parts;
        }

        @Override
        public String name() {
            return "current_run.plan";
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
            return parts.of(workspace, "plan");
        }
    }

    @ApplicationScoped
    static class Configuration implements io.terrafleet.api.workspace.WorkspaceInclude {
        private final CurrentRunParts parts;

        Configuration(CurrentRunParts parts) {
            this.parts = parts;
        }

        @Override
        public String name() {
            return "current_run.configuration_version";
        }

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
            return parts.of(workspace, "configuration_version");
        }
    }
}
