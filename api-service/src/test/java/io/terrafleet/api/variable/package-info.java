/** Tests of the room. */
@NullMarked
package io.terrafleet.api.variable;

import org.jspecify.annotations.NullMarked;
