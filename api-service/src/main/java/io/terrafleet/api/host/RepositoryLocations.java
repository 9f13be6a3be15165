package io.terrafleet.api.host;

import io.terrafleet.api.oauth.OauthClients;
import io.terrafleet.api.oauth.RepositoryAccess;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Optional;

/** Where a repository that somebody names really is, and what opens it. */
@ApplicationScoped
public class RepositoryLocations {
    private final OauthClients clients;

    RepositoryLocations(OauthClients clients) {
        this.clients = clients;
    }

    /**
     * @param address without a password
     * @param access the connection that it is reached with; a token goes to the host that it was given for and to no other
     */
    public record Location(URI address, Optional<RepositoryAccess> access) {}

    /**
     * How the identifier is kept; 422 when the connection cannot open it. As it is without a connection, and with one that is not there, of which
     * {@link #locate} tells.
     */
    public String kept(String organizationId, String identifier, Optional<String> tokenId) {
        return tokenId.flatMap(token -> clients.credential(token, organizationId))
                .map(connection -> RepositoryNames.kept(connection, identifier))
                .orElse(identifier);
    }

    /** Where people look at a commit; empty where the connection is gone, or nobody knows. */
    public Optional<String> commitPage(String organizationId, String identifier, String tokenId, String commit) {
        return clients.credential(tokenId, organizationId)
                .flatMap(known -> RepositoryPages.commit(known.provider(), known.base(), identifier, commit));
    }

    /**
     * 422 when there is no such connection, or when it is for another host. To be called outside a transaction.
     *
     * @param identifier {@code owner/name} at the connection's provider, or the whole address of a repository
     * @param tokenId the connection's token; absent for an address that needs none
     */
    public Location locate(String organizationId, String identifier, Optional<String> tokenId) {
        Optional<RepositoryAccess> access = tokenId.map(token -> clients.credential(token, organizationId)
                        .orElseThrow(() -> RepositoryNames.wrong("there is no such oauth-token-id")))
                .map(known -> clients.access(known)
                        .orElseThrow(() ->
                                RepositoryNames.wrong("the GitHub App of the connection gets no token from GitHub")));
        if (!identifier.contains("://")) {
            RepositoryAccess known =
                    access.orElseThrow(() -> RepositoryNames.wrong("an oauth-token-id is needed for " + identifier));
            return new Location(Hosts.of(known.provider()).cloneAddress(known.base(), identifier), access);
        }
        URI address = RepositoryNames.address(identifier);
        if (access.isPresent()
                && !RepositoryNames.sameHost(address, access.get().base())) {
            throw RepositoryNames.wrong("the connection is for " + access.get().base() + ", not for this address");
        }
        return new Location(address, access);
    }
}
