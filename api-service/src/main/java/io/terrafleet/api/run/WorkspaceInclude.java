package io.terrafleet.api.run;

import io.terrafleet.api.document.Resource;
import io.terrafleet.api.workspace.WorkspaceAnswers;
import io.terrafleet.api.workspace.Workspaces;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/**
 * {@code include=workspace}: clients read from it whether they must render the run's logs and plan. So it says that of the run at
 * hand, whatever became of the workspace's setting since.
 */
@ApplicationScoped
class WorkspaceInclude implements RunInclude {
    private final Workspaces workspaces;
    private final WorkspaceAnswers answers;

    WorkspaceInclude(Workspaces workspaces, WorkspaceAnswers answers) {
        this.workspaces = workspaces;
        this.answers = answers;
    }

    @Override
    public String name() {
        return "workspace";
    }

    @Override
    public List<Resource> of(Run run) {
        return workspaces.find(run.workspace()).stream()
                .map(workspace -> answers.view(workspace)
                        .with("structured-run-output-enabled", run.options().structuredOutput()))
                .toList();
    }
}
