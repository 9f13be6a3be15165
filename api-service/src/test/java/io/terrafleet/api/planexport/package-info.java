/** Tests of the room. */
@NullMarked
package io.terrafleet.api.planexport;

import org.jspecify.annotations.NullMarked;
