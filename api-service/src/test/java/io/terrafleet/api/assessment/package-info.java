/** Tests of the room. */
@NullMarked
package io.terrafleet.api.assessment;

import org.jspecify.annotations.NullMarked;
