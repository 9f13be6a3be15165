/** Points of cost over time, and what is made of them. */
@NullMarked
package io.terrafleet.cost.history;

import org.jspecify.annotations.NullMarked;
