/** The shipped prices, checked. */
@NullMarked
package io.terrafleet.cost.price;

import org.jspecify.annotations.NullMarked;
