/** Tests of the room. */
@NullMarked
package io.terrafleet.api.secret;

import org.jspecify.annotations.NullMarked;
