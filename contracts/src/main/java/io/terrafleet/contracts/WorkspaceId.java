package io.terrafleet.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The identifier of a workspace, {@code ws-} and 16 letters or digits. */
public record WorkspaceId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public WorkspaceId {
        Ids.require("ws", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
