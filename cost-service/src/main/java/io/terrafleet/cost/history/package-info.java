/**
 * What workspaces cost over time. Every apply is a point; {@link io.terrafleet.cost.history.CostHistory} is the door, and tells each
 * point to the api, which makes months, forecasts and movers of them for who may see them.
 */
@NullMarked
package io.terrafleet.cost.history;

import org.jspecify.annotations.NullMarked;
