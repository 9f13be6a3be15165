/** Requests that this service sends to addresses which people name. {@link io.terrafleet.api.outbound.Outbound} is the door. */
@NullMarked
package io.terrafleet.api.outbound;

import org.jspecify.annotations.NullMarked;
