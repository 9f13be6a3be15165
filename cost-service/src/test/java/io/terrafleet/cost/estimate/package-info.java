/** Whole plans priced: by hand, against another estimator, hostile ones. */
@NullMarked
package io.terrafleet.cost.estimate;

import org.jspecify.annotations.NullMarked;
