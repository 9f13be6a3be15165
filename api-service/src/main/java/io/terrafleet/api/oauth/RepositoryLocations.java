package io.terrafleet.api.oauth;

import io.terrafleet.api.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.Locale;
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
     * 422 when there is no such connection, or when it is for another host. To be called outside a transaction.
     *
     * @param identifier {@code owner/name} at the connection's provider, or the whole address of a repository
     * @param tokenId the connection's token; absent for an address that needs none
     */
    public Location locate(String organizationId, String identifier, Optional<String> tokenId) {
        Optional<RepositoryAccess> access = tokenId.map(token -> clients.credential(token, organizationId)
                        .orElseThrow(() -> wrong("there is no such oauth-token-id")))
                .map(known -> clients.access(known)
                        .orElseThrow(() -> wrong("the GitHub App of the connection gets no token from GitHub")));
        if (!identifier.contains("://")) {
            URI base = access.orElseThrow(() -> wrong("an oauth-token-id is needed for " + identifier))
                    .base();
            return new Location(address(base.toString().replaceAll("/+$", "") + "/" + identifier + ".git"), access);
        }
        URI address = address(identifier);
        if (access.isPresent() && !sameHost(address, access.get().base())) {
            throw wrong("the connection is for " + access.get().base() + ", not for this address");
        }
        return new Location(address, access);
    }

    private static URI address(String text) {
        try {
            return URI.create(text);
        } catch (IllegalArgumentException e) {
            throw wrong("identifier is not the address of a repository");
        }
    }

    private static Problem wrong(String why) {
        return Problem.invalid("vcs-repo", "Vcs repo: " + why);
    }

    /** Over SSH the port is another one, and what is shown is no secret. */
    private static boolean sameHost(URI one, URI other) {
        boolean sameDoor = one.getPort() == other.getPort()
                && String.valueOf(one.getScheme()).equals(other.getScheme());
        return (sameDoor || "ssh".equals(one.getScheme()))
                && one.getHost() != null
                && other.getHost() != null
                && one.getHost().toLowerCase(Locale.ROOT).equals(other.getHost().toLowerCase(Locale.ROOT));
    }
}
