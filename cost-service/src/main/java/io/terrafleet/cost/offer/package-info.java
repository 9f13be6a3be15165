/**
 * Takes price lists that sellers publish into the price book: {@link io.terrafleet.cost.offer.Offers} reads a file of any known format,
 * all of it or nothing, and {@link io.terrafleet.cost.offer.PriceFiles} keeps what was read, version by version.
 */
@NullMarked
package io.terrafleet.cost.offer;

import org.jspecify.annotations.NullMarked;
