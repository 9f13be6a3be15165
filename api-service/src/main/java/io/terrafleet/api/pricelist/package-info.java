/**
 * Price lists that a site administrator uploads. {@link io.terrafleet.api.pricelist.PriceLists} is the door: it takes the upload, asks the
 * cost-service to read it, and keeps what that says of it.
 */
@NullMarked
package io.terrafleet.api.pricelist;

import org.jspecify.annotations.NullMarked;
