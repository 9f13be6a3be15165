/** Tests of the room. */
@NullMarked
package io.terrafleet.forgetful;

import org.jspecify.annotations.NullMarked;
