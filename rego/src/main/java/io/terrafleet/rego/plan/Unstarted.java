package io.terrafleet.rego.plan;

import io.terrafleet.rego.evaluation.Machine;
import io.terrafleet.rego.evaluation.Settings;
import io.terrafleet.rego.value.ObjectValue;

/** A machine without documents, for folding constants. */
final class Unstarted {
    static final Machine MACHINE = new Machine(null, ObjectValue.EMPTY, 0, Settings.DEFAULT);

    private Unstarted() {}
}
