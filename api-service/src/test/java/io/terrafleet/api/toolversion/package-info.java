/** Tests of the room. */
@NullMarked
package io.terrafleet.api.toolversion;

import org.jspecify.annotations.NullMarked;
