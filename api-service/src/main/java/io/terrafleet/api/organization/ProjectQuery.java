package io.terrafleet.api.organization;

import io.terrafleet.api.access.Visibility;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Which projects of an organization, and in which order of their names.
 *
 * @param names only these, compared exactly; all when empty
 * @param search in the name
 * @param tags values by key, none for any value
 */
public record ProjectQuery(
        String organizationId,
        List<String> names,
        String search,
        Map<String, Optional<String>> tags,
        boolean descending,
        Visibility visible) {
    static ProjectQuery plain(String organizationId, List<String> names, String search, Visibility visible) {
        return new ProjectQuery(organizationId, names, search, Map.of(), false, visible);
    }
}
