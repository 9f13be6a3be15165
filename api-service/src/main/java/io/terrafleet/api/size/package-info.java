/**
 * What runs ask of the machine that they run on and may use of it, as a workspace or an agent pool says. {@link io.terrafleet.api.size.Sizes}
 * is the door.
 */
@NullMarked
package io.terrafleet.api.size;

import org.jspecify.annotations.NullMarked;
