/** Tests of the room. */
@NullMarked
package io.terrafleet.api.team;

import org.jspecify.annotations.NullMarked;
