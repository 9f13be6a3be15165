/** What goes wrong and how it is said: JSON:API errors with the status and the texts that clients of the TFE API compare. */
@NullMarked
package io.terrafleet.api.problem;

import org.jspecify.annotations.NullMarked;
