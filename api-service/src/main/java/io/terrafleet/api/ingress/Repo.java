package io.terrafleet.api.ingress;

import io.terrafleet.api.host.RepositoryNames;
import io.terrafleet.api.oauth.ServiceProvider;
import java.util.Optional;

/**
 * A repository that workspaces follow.
 *
 * @param id {@code repo-} and 16 letters or digits
 * @param clientId of the connection; absent for an address that needs none
 * @param identifier as the workspaces name it
 */
public record Repo(
        String id, String organizationId, Optional<String> clientId, String identifier, String defaultBranch) {

    /** What the host's API and its deliveries call it, however the workspaces name it. */
    public String nameAt(ServiceProvider provider) {
        return identifier.contains("://")
                ? RepositoryNames.overSsh(provider, RepositoryNames.address(identifier))
                        .orElse(identifier)
                : identifier;
    }
}
