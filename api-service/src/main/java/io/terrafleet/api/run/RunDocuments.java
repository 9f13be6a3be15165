package io.terrafleet.api.run;

import io.terrafleet.api.variable.Variables;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.event.RunDocument;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What policies see of a run and its workspace, as they are now. */
@ApplicationScoped
public class RunDocuments {
    private final Variables variables;

    RunDocuments(Variables variables) {
        this.variables = variables;
    }

    public RunDocument of(Run run, Workspace workspace) {
        RunOptions options = run.options();
        Map<String, RunDocument.Variable> kinds = new LinkedHashMap<>();
        variables
                .kinds(workspace)
                .forEach(variable ->
                        kinds.put(variable.key(), new RunDocument.Variable(variable.category(), variable.sensitive())));
        return new RunDocument(
                run.id().value(),
                run.createdAt(),
                run.createdByName(),
                run.message(),
                options.destroy(),
                options.refresh(),
                options.refreshOnly(),
                options.replaceAddrs(),
                options.targetAddrs(),
                options.planOnly(),
                new RunDocument.Project(workspace.projectId(), workspace.projectName()),
                kinds,
                workspace.organizationName(),
                new RunDocument.Workspace(
                        workspace.id().value(),
                        workspace.name(),
                        workspace.createdAt(),
                        workspace.description(),
                        workspace.executionMode(),
                        workspace.autoApply(),
                        List.copyOf(workspace.tags()),
                        workspace.workingDirectory()));
    }
}
