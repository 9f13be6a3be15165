/** A small client of the public API (TFE API v2): what the demo, the benchmarks and the journeys may do, and nothing more. */
@NullMarked
package io.terrafleet.standalone.client;

import org.jspecify.annotations.NullMarked;
