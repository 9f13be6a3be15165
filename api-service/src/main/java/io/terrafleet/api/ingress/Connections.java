package io.terrafleet.api.ingress;

import io.terrafleet.api.host.Host;
import io.terrafleet.api.host.HostCalls;
import io.terrafleet.api.host.Hosts;
import io.terrafleet.api.oauth.OauthClients;
import io.terrafleet.api.oauth.RepositoryAccess;
import io.terrafleet.api.oauth.ServiceProvider;
import io.terrafleet.api.vcs.Remote;
import io.terrafleet.api.workspace.VcsRepo;
import io.terrafleet.api.workspace.Workspaces;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.util.Optional;

/** Finds how repositories are reached: with the token of the first workspace that follows them and still has a good one. */
@ApplicationScoped
public class Connections {
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
    @Transactional
    public Optional<Connection> of(Repo repo) {
        Optional<RepositoryAccess> access =
                workspaces.following(repo.organizationId(), repo.clientId(), repo.identifier()).stream()
                        .flatMap(workspace -> workspace.traits().vcsRepo().stream())
                        .flatMap(vcs -> token(vcs, repo).stream())
                        .findFirst();
        if (access.isEmpty() && repo.clientId().isPresent()) {
            return following.isFollowed(repo) ? ofClient(repo) : Optional.empty();
        }
        return Optional.of(with(repo, access));
    }

    /** With the connection's own token, whoever follows the repository; empty without a connection, and without a token. */
    @Transactional
    public Optional<Connection> ofClient(Repo repo) {
        return repo.clientId()
                .flatMap(client -> oauth.accessOf(client, repo.organizationId()))
                .map(access -> with(repo, Optional.of(access)));
    }

    private Connection with(Repo repo, Optional<RepositoryAccess> access) {
        Host host = Hosts.of(access.map(RepositoryAccess::provider).orElse(ServiceProvider.GIT));
        boolean whole = repo.identifier().contains("://");
        URI address = whole
                ? URI.create(repo.identifier())
                : host.cloneAddress(access.orElseThrow().base(), repo.identifier());
        Remote remote =
                new Remote(address, access.map(RepositoryAccess::token), access.flatMap(RepositoryAccess::sshKey));
        String web = whole
                ? repo.identifier()
                : access.orElseThrow().base().toString().replaceAll("/+$", "") + "/" + repo.identifier();
        return new Connection(
                host,
                calls.api(
                        access.map(RepositoryAccess::api).orElse(address),
                        access.map(found -> host.authorization(found.token())).orElse("")),
                remote,
                web.replaceAll("\\.git$", ""));
    }

    private Optional<RepositoryAccess> token(VcsRepo vcs, Repo repo) {
        return vcs.oauthTokenId().flatMap(id -> oauth.access(id, repo.organizationId()));
    }
}
