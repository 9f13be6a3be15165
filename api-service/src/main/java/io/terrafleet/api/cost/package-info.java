/**
 * What was spent, by whom and on what. The cost-service records a point for every apply and tells it; {@link io.terrafleet.api.cost.Costs}
 * is the door: it keeps the points and shows each caller those of the workspaces that they may see. {@link
 * io.terrafleet.api.cost.Spending} makes months, forecasts and movers of points, and is pure.
 */
@NullMarked
package io.terrafleet.api.cost;

import org.jspecify.annotations.NullMarked;
