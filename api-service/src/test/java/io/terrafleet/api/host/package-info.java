/** Tests of the room {@code host}. */
@NullMarked
package io.terrafleet.api.host;

import org.jspecify.annotations.NullMarked;
