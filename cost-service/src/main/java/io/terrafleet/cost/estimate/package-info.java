/** Plan in, estimate out: pure, no clock, no network, never an exception. */
@NullMarked
package io.terrafleet.cost.estimate;

import org.jspecify.annotations.NullMarked;
