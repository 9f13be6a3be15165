package io.terrafleet.api.access;

import java.util.Optional;

/**
 * Whoever calls.
 *
 * @param id of the user, or of the organization for an organization's token
 * @param name for people
 * @param organizationId for an organization's token: the only one it reaches
 */
public record Principal(String id, String name, boolean siteAdmin, Optional<String> organizationId) {
    public boolean isUser() {
        return organizationId.isEmpty();
    }
}
