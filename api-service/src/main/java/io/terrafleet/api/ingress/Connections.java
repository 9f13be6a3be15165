package io.terrafleet.api.ingress;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.terrafleet.api.host.Host;
import io.terrafleet.api.host.HostApi;
import io.terrafleet.api.host.HostCalls;
import io.terrafleet.api.host.Hosts;
import io.terrafleet.api.host.RepositoryNames;
import io.terrafleet.api.oauth.Credential;
import io.terrafleet.api.oauth.OauthClients;
import io.terrafleet.api.oauth.RepositoryAccess;
import io.terrafleet.api.oauth.ServiceProvider;
import io.terrafleet.api.vcs.Remote;
import io.terrafleet.api.workspace.Workspaces;
import jakarta.enterprise.context.ApplicationScoped;
import java.net.URI;
import java.util.List;
import java.util.Optional;

/**
 * Finds how repositories are reached: with the token of the first workspace that follows them and still has a good one. GitHub may be asked for
 * it: call it outside transactions.
 */
@ApplicationScoped
public class Connections {
    private static final int MOST_TOKENS = 20;

    private final Workspaces workspaces;
    private final OauthClients oauth;
    private final Following following;
    private final HostCalls calls;

    Connections(Workspaces workspaces, OauthClients oauth, Following following, HostCalls calls) {
        this.workspaces = workspaces;
        this.oauth = oauth;
        this.following = following;
        this.calls = calls;
    }

    /** Empty when nothing follows it any more, or the token is gone. What is no workspace has the connection's own token. */
    public Optional<Connection> of(Repo repo) {
        Optional<RepositoryAccess> access = QuarkusTransaction.requiringNew().call(() -> credentials(repo)).stream()
                .flatMap(credential -> oauth.access(credential).stream())
                .findFirst();
        if (access.isEmpty() && repo.clientId().isPresent()) {
            boolean followed = QuarkusTransaction.requiringNew().call(() -> following.isFollowed(repo));
            return followed ? ofClient(repo) : Optional.empty();
        }
        return Optional.of(with(repo, access));
    }

    private List<Credential> credentials(Repo repo) {
        return workspaces.tokensFollowing(repo.organizationId(), repo.clientId(), repo.identifier()).stream()
                .limit(MOST_TOKENS)
                .flatMap(token -> oauth.credential(token, repo.organizationId()).stream())
                .toList();
    }

    /** With the connection's own token, whoever follows the repository; empty without a connection, and without a token. */
    public Optional<Connection> ofClient(Repo repo) {
        return repo.clientId()
                .flatMap(client -> oauth.credentialOf(client, repo.organizationId()))
                .flatMap(oauth::access)
                .map(access -> with(repo, Optional.of(access)));
    }

    /** What a host's API is asked with when nothing of the connection is left but its credential. */
    public Optional<HostApi> api(Credential credential) {
        return oauth.access(credential)
                .map(access ->
                        calls.api(access.api(), Hosts.of(access.provider()).authorization(access.token())));
    }

    private Connection with(Repo repo, Optional<RepositoryAccess> access) {
        if (!repo.identifier().contains("://")) {
            RepositoryAccess known = access.orElseThrow();
            Host host = Hosts.of(known.provider());
            return connection(host, repo.identifier(), host.cloneAddress(known.base(), repo.identifier()), access);
        }
        URI address = URI.create(repo.identifier());
        Optional<String> name = access.flatMap(known -> RepositoryNames.of(known.provider(), known.base(), address));
        // Where nothing but the address is known of it there is no API to be asked.
        ServiceProvider provider = name.isPresent() ? access.orElseThrow().provider() : ServiceProvider.GIT;
        return connection(Hosts.of(provider), name.orElse(repo.identifier()), address, access);
    }

    private Connection connection(Host host, String name, URI address, Optional<RepositoryAccess> access) {
        return new Connection(
                host,
                calls.api(
                        access.map(RepositoryAccess::api).orElse(address),
                        access.map(found -> host.authorization(found.token())).orElse("")),
                name,
                new Remote(address, access.map(RepositoryAccess::token), access.flatMap(RepositoryAccess::sshKey)),
                access.map(RepositoryAccess::base));
    }
}
