/**
 * How much memory the phases of each workspace needed, so that the next ask for as much. {@link io.terrafleet.api.peak.Peaks} is the door.
 */
@NullMarked
package io.terrafleet.api.peak;

import org.jspecify.annotations.NullMarked;
