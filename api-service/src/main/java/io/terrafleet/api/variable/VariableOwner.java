package io.terrafleet.api.variable;

import io.terrafleet.contracts.WorkspaceId;

/** What a variable belongs to. */
public sealed interface VariableOwner {
    /** Its id, as the API writes it. */
    String id();

    record OfWorkspace(WorkspaceId workspace) implements VariableOwner {
        @Override
        public String id() {
            return workspace.value();
        }
    }

    /** @param id {@code varset-} and 16 letters or digits */
    record OfSet(String id) implements VariableOwner {}
}
