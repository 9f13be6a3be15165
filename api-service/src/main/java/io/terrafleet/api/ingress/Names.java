package io.terrafleet.api.ingress;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.host.HostEvent;
import io.terrafleet.api.host.RepositoryNames;
import io.terrafleet.api.oauth.OauthClients;
import io.terrafleet.api.workspace.Workspaces;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.Optional;

/** The door to what repositories are called. */
@ApplicationScoped
public class Names {
    private final IngressStore store;
    private final Workspaces workspaces;
    private final OauthClients oauth;
    private final Following following;
    private final Event<Changes.ChangesWaiting> waiting;
    private final InstantSource clock;

    Names(
            IngressStore store,
            Workspaces workspaces,
            OauthClients oauth,
            Following following,
            Event<Changes.ChangesWaiting> waiting,
            @Identifier("api") InstantSource clock) {
        this.store = store;
        this.workspaces = workspaces;
        this.oauth = oauth;
        this.following = following;
        this.waiting = waiting;
        this.clock = clock;
    }

    /** Followed by that name, or over SSH by an address that is of that name. */
    Optional<RepositoryEntity> called(String organizationId, String clientId, String name) {
        return store.repository(organizationId, Optional.of(clientId), name)
                .or(() -> oauth.provider(clientId).flatMap(provider -> store.overSsh(organizationId, clientId).stream()
                        .filter(row -> Changes.view(row).nameAt(provider).equalsIgnoreCase(name))
                        .findFirst()));
    }

    /** Whether deliveries that speak of this name speak of the repository. */
    @Transactional
    public boolean isCalled(String repositoryId, String name) {
        return store.repository(repositoryId)
                .flatMap(row -> row.client().flatMap(client -> called(row.organizationId, client, name)))
                .filter(found -> found.id.equals(repositoryId))
                .isPresent();
    }

    /** What a delivery says of a name is asked of the host: who knows a webhook's secret must not lead workspaces to another repository. */
    String told(String organizationId, String clientId, HostEvent.Renamed renamed) {
        Optional<RepositoryEntity> before = store.repository(organizationId, Optional.of(clientId), renamed.before());
        before.ifPresent(row -> ask(row, renamed.repository()));
        return before.isPresent()
                ? "the host is asked whether " + renamed.before() + " is " + renamed.repository() + " now"
                : "no workspace follows the repository " + renamed.before();
    }

    /** The webhook of a repository speaks of another: it may be the same under another name, and the host is asked. */
    @Transactional
    public void toldAs(String repositoryId, String name) {
        store.repositoryForUpdate(repositoryId)
                .filter(row -> !name.equals(row.nameTold))
                .ifPresent(row -> ask(row, name));
    }

    private void ask(RepositoryEntity row, String told) {
        row.nameTold = RepositoryNames.isName(told) ? told : null;
        row.nameAskedAt = null;
        row.lookDueAt = clock.instant();
        waiting.fire(new Changes.ChangesWaiting());
    }

    /**
     * The host has said what it is called now. Where something follows the new name already, both go on as one.
     *
     * @return the repository that is followed from now on
     */
    @Transactional
    Repo renamed(Repo repo, String name) {
        String client = repo.clientId().orElseThrow();
        RepositoryEntity row = store.repositoryForUpdate(repo.id()).orElseThrow();
        Optional<RepositoryEntity> other =
                store.repository(row.organizationId, repo.clientId(), name).filter(found -> !found.id.equals(row.id));
        if (other.isEmpty()) {
            row.identifier = name;
        }
        other.ifPresent(found -> found.lookDueAt = clock.instant());
        workspaces.renamed(row.organizationId, client, repo.identifier(), name);
        following.renamed(row.organizationId, client, repo.identifier(), name);
        return Changes.view(other.orElse(row));
    }
}
