package io.terrafleet.api.ingress;

import java.util.Optional;

/**
 * A repository that workspaces follow.
 *
 * @param id {@code repo-} and 16 letters or digits
 * @param clientId of the connection; absent for an address that needs none
 * @param identifier as the workspaces name it
 */
public record Repo(
        String id, String organizationId, Optional<String> clientId, String identifier, String defaultBranch) {}
