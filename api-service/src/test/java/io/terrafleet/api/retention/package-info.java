/** Tests of the room. */
@NullMarked
package io.terrafleet.api.retention;

import org.jspecify.annotations.NullMarked;
