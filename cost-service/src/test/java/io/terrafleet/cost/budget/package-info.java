/** Budgets judged, case by case. */
@NullMarked
package io.terrafleet.cost.budget;

import org.jspecify.annotations.NullMarked;
