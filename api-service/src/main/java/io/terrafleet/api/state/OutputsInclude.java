package io.terrafleet.api.state;

import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.WorkspaceInclude;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;

/** The outputs of the workspace's newest state, sensitive values withheld. */
@ApplicationScoped
class OutputsInclude implements WorkspaceInclude {
    private final States states;

    OutputsInclude(States states) {
        this.states = states;
    }

    @Override
    public String name() {
        return "outputs";
    }

    @Override
    public String relationship() {
        return "outputs";
    }

    @Override
    public boolean many() {
        return true;
    }

    @Override
    public Permission needed() {
        return Permission.READ_STATE_OUTPUTS;
    }

    @Override
    public List<Resource> of(Workspace workspace) {
        return states.current(workspace.id()).stream()
                .flatMap(state -> states.outputs(state.id()).stream())
                .map(output -> Resource.of("workspace-outputs", output.id())
                        .with("name", output.name())
                        .with("sensitive", output.sensitive())
                        .with(
                                "output-type",
                                (output.type().isArray() ? output.type().path(0) : output.type()).asText())
                        .with("value", output.value()))
                .toList();
    }
}
