/**
 * What workspaces cost over time. Every apply is a point ({@link io.terrafleet.cost.history.CostHistory} is the door); {@link
 * io.terrafleet.cost.history.Spending} makes months, forecasts and movers of them, and is pure.
 */
@NullMarked
package io.terrafleet.cost.history;

import org.jspecify.annotations.NullMarked;
