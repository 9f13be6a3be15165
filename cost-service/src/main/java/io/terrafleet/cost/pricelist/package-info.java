/**
 * Price lists that a site administrator uploaded. {@link io.terrafleet.cost.pricelist.PriceLists} is the door: it takes a list whole or not
 * at all, keeps every version, and knows the book to price by now, in every instance of the service.
 */
@NullMarked
package io.terrafleet.cost.pricelist;

import org.jspecify.annotations.NullMarked;
