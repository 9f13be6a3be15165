/** Tables that lie in parts by month, so that what is old goes whole. {@link io.terrafleet.api.month.Months} is the door. */
@NullMarked
package io.terrafleet.api.month;

import org.jspecify.annotations.NullMarked;
