package io.terrafleet.api.policy;

import java.util.Map;
import java.util.Optional;

/**
 * Chooses workspaces by a tag that they have, of their own or from their project.
 *
 * @param value absent: whatever the tag's value is
 * @param excludes whether workspaces with the tag are left out, rather than taken
 */
public record TagSelector(String key, Optional<String> value, boolean excludes) {
    boolean matches(Map<String, String> tags) {
        return tags.containsKey(key)
                && value.map(wanted -> wanted.equals(tags.get(key))).orElse(true);
    }
}
