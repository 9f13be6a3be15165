/** Tests of the room. */
@NullMarked
package io.terrafleet.api.identity;

import org.jspecify.annotations.NullMarked;
