package io.terrafleet.api.budget;

import java.util.List;

/**
 * Who may approve a plan that exceeds a budget, besides the organization's owners. Nobody named: whoever may override policies.
 *
 * @param users ids
 * @param teams ids
 */
public record Approvers(List<String> users, List<String> teams) {
    public static final Approvers ANY = new Approvers(List.of(), List.of());

    public Approvers {
        users = List.copyOf(users);
        teams = List.copyOf(teams);
    }

    public boolean isAny() {
        return users.isEmpty() && teams.isEmpty();
    }
}
