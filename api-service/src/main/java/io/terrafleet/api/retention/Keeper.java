package io.terrafleet.api.retention;

import java.util.Optional;

/**
 * Whose states a policy is about.
 *
 * @param workspaceId absent for an organization: all its workspaces that have no policy of their own
 */
public record Keeper(String organizationId, Optional<String> workspaceId) {}
