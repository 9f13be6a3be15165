package io.terrafleet.rego.evaluation;

import io.terrafleet.rego.value.Value;

/** Receives one solution of a body: the frame with every variable bound. */
@FunctionalInterface
public interface Sink {
    /** False when no further solution is wanted. The frame is reused: take values out before returning. */
    boolean accept(Value[] frame);
}
