/** A run's plan and apply as clients of the TFE API read them: status, counts, log, plan document. */
@NullMarked
package io.terrafleet.api.phase;

import org.jspecify.annotations.NullMarked;
