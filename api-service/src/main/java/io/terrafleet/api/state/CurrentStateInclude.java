package io.terrafleet.api.state;

import io.terrafleet.api.access.Permission;
import io.terrafleet.api.document.Resource;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.WorkspaceInclude;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.List;
import java.util.Optional;

/** The newest state of the workspace. */
@ApplicationScoped
class CurrentStateInclude implements WorkspaceInclude {
    private final States states;
    private final StateView view;

    CurrentStateInclude(States states, StateView view) {
        this.states = states;
        this.view = view;
    }

    @Override
    public String name() {
        return "current-state-version";
    }

    @Override
    public String relationship() {
        return "current-state-version";
    }

    @Override
    public Permission needed() {
        return Permission.READ_STATE;
    }

    @Override
    public List<Resource> of(Workspace workspace) {
        return states
                .current(workspace.id())
                .map(state -> view.of(state, states.surroundings(state.id()), Optional.empty()))
                .stream()
                .toList();
    }
}
