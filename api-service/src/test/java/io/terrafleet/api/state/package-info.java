/** Tests of the room. */
@NullMarked
package io.terrafleet.api.state;

import org.jspecify.annotations.NullMarked;
