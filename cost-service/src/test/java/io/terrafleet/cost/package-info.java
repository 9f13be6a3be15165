/** Tests of the cost-service as a whole. */
@NullMarked
package io.terrafleet.cost;

import org.jspecify.annotations.NullMarked;
