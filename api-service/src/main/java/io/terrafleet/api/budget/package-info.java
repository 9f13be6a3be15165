/** Limits on what plans may cost, set on organizations, projects and workspaces. The door is {@link
 * io.terrafleet.api.budget.Budgets}; the judging is the cost-service's. */
@NullMarked
package io.terrafleet.api.budget;

import org.jspecify.annotations.NullMarked;
