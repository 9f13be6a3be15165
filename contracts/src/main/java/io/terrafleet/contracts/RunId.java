package io.terrafleet.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;

/** The identifier of a run, {@code run-} and 16 letters or digits. */
public record RunId(@JsonValue String value) {
    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public RunId {
        Ids.require("run", value);
    }

    @Override
    public String toString() {
        return value;
    }
}
