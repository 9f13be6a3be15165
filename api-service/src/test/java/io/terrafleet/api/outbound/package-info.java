/** Tests of the room. */
@NullMarked
package io.terrafleet.api.outbound;

import org.jspecify.annotations.NullMarked;
