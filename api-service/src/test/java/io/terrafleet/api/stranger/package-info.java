/** Tests of the room {@code stranger}. */
@NullMarked
package io.terrafleet.api.stranger;

import org.jspecify.annotations.NullMarked;
