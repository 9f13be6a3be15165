package io.terrafleet.api.access;

import java.util.List;

/**
 * Which teams of an organization are wanted.
 *
 * @param names only these, compared exactly; all when empty
 * @param search a pattern of {@code like … escape '!'} for the name in lower case
 * @param secret whether those count that can be seen by their members only
 * @param viewer the user who asks, or any other text
 */
public record TeamQuery(String organizationId, List<String> names, String search, boolean secret, String viewer) {
    public TeamQuery {
        names = List.copyOf(names);
    }
}
