/** Estimates in the forms that people and scripts read. */
@NullMarked
package io.terrafleet.cost.report;

import org.jspecify.annotations.NullMarked;
