/** The cost-service: listens for completed plans, prices them, judges them by budgets and says what it decided. */
@NullMarked
package io.terrafleet.cost;

import org.jspecify.annotations.NullMarked;
