/**
 * How a run is followed from outside: {@link io.terrafleet.telemetry.Traces} sends what each service did for it as spans of one trace,
 * {@link io.terrafleet.telemetry.LogKeys} puts its name on every log line that is written meanwhile.
 */
@NullMarked
package io.terrafleet.telemetry;

import org.jspecify.annotations.NullMarked;
