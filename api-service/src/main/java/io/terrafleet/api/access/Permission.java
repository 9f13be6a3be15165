package io.terrafleet.api.access;

/** What can be done in an organization, each including the ones before it. */
public enum Permission {
    /** See workspaces, runs, plans, costs, outcomes and outputs. */
    READ,
    /** Upload configurations, start runs, lock workspaces; read state, sensitive outputs included, for planning reads it too. */
    PLAN,
    /** Confirm, discard and cancel runs; change workspaces and variables; write state. */
    WRITE,
    /** Override a policy or a budget; manage policy sets, budgets, members and the organization itself. */
    OWN
}
