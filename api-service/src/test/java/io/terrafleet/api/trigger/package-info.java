/** Tests of the room. */
@NullMarked
package io.terrafleet.api.trigger;

import org.jspecify.annotations.NullMarked;
