/** Tests of the room. */
@NullMarked
package io.terrafleet.api.budget;

import org.jspecify.annotations.NullMarked;
