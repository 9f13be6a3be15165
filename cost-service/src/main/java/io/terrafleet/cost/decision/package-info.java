/**
 * From a completed plan to what is said of its cost. {@link io.terrafleet.cost.decision.Decisions} is the door: it fetches the plan,
 * has it priced and judged, keeps the estimate and says the decision, the last two in one transaction.
 */
@NullMarked
package io.terrafleet.cost.decision;

import org.jspecify.annotations.NullMarked;
