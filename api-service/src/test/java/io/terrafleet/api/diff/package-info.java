/** Tests of the room of the same name. */
@NullMarked
package io.terrafleet.api.diff;

import org.jspecify.annotations.NullMarked;
