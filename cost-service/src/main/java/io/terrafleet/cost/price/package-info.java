/** The price book: what a unit of something costs in a region, with the source and the date of every figure. */
@NullMarked
package io.terrafleet.cost.price;

import org.jspecify.annotations.NullMarked;
