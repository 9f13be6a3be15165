/** Tests of the room. */
@NullMarked
package io.terrafleet.api.access;

import org.jspecify.annotations.NullMarked;
