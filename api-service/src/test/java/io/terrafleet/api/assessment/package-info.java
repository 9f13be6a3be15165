/** Who may let a blocked run go on. */
@NullMarked
package io.terrafleet.api.assessment;

import org.jspecify.annotations.NullMarked;
