/** Tests of the room. */
@NullMarked
package io.terrafleet.api.stage;

import org.jspecify.annotations.NullMarked;
