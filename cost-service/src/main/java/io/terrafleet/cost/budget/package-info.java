/** Judges an estimate by the budgets that bind the workspace. */
@NullMarked
package io.terrafleet.cost.budget;

import org.jspecify.annotations.NullMarked;
