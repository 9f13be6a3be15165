/** {@link io.terrafleet.cost.download.Downloads} is the door to what the api keeps: plans, price lists, usage files. */
@NullMarked
package io.terrafleet.cost.download;

import org.jspecify.annotations.NullMarked;
