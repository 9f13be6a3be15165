/** Tests of the room {@code hook}. */
@NullMarked
package io.terrafleet.api.hook;

import org.jspecify.annotations.NullMarked;
