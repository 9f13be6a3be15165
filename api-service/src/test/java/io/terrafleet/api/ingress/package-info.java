/** Tests of the room {@code ingress}. */
@NullMarked
package io.terrafleet.api.ingress;

import org.jspecify.annotations.NullMarked;
