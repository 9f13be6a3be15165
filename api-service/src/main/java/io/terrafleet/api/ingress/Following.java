package io.terrafleet.api.ingress;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.host.HostEvent;
import io.terrafleet.api.oauth.FollowersAsked;
import io.terrafleet.api.oauth.RepositoryFollowed;
import io.terrafleet.api.oauth.RepositoryRenamed;
import io.terrafleet.api.oauth.RepositoryTold;
import io.terrafleet.api.workspace.VcsRepo;
import io.terrafleet.api.workspace.WorkspaceDeletion;
import io.terrafleet.api.workspace.WorkspaceDisconnected;
import io.terrafleet.api.workspace.Workspaces;
import io.terrafleet.contracts.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** Who follows which repository: workspaces here, policy sets and modules by what they say of themselves. */
@ApplicationScoped
class Following {
    private final IngressStore store;
    private final Workspaces workspaces;
    private final Event<RepositoryKnown> known;
    private final Event<RepositoryLeft> left;
    private final Event<RepositoryTold> told;
    private final Event<RepositoryRenamed> renamed;
    private final Event<FollowersAsked> asked;
    private final Event<PullRequestCommented> commented;
    private final InstantSource clock;
    private final RandomGenerator random;

    Following(
            IngressStore store,
            Workspaces workspaces,
            Event<RepositoryKnown> known,
            Event<RepositoryLeft> left,
            Event<RepositoryTold> told,
            Event<RepositoryRenamed> renamed,
            Event<FollowersAsked> asked,
            Event<PullRequestCommented> commented,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.workspaces = workspaces;
        this.known = known;
        this.left = left;
        this.told = told;
        this.renamed = renamed;
        this.asked = asked;
        this.commented = commented;
        this.clock = clock;
        this.random = random;
    }

    /** Its row, which is made where it is missing. */
    RepositoryEntity known(String organizationId, Optional<String> clientId, String identifier) {
        Instant now = clock.instant();
        store.addRepository(Ids.make("repo", random), organizationId, clientId, identifier, now, now);
        RepositoryEntity row =
                store.repository(organizationId, clientId, identifier).orElseThrow();
        known.fire(new RepositoryKnown(Changes.view(row)));
        return row;
    }

    void followed(@Observes RepositoryFollowed followed) {
        known(followed.organizationId(), Optional.of(followed.clientId()), followed.identifier());
    }

    void disconnected(@Observes WorkspaceDisconnected disconnected) {
        left(disconnected.organizationId(), disconnected.before());
    }

    void deleted(@Observes WorkspaceDeletion deletion) {
        deletion.workspace()
                .traits()
                .vcsRepo()
                .ifPresent(vcs -> left(deletion.workspace().organizationId(), vcs));
    }

    private void left(String organizationId, VcsRepo vcs) {
        store.repository(organizationId, vcs.oauthClientId(), vcs.identifier())
                .ifPresent(row -> left.fire(new RepositoryLeft(Changes.view(row))));
    }

    /** Whoever else follows it looks at it then. */
    void told(String organizationId, String clientId, String identifier, HostEvent event) {
        boolean tag = event instanceof HostEvent.Tagged;
        if (tag || event instanceof HostEvent.Pushed) {
            told.fire(new RepositoryTold(organizationId, clientId, identifier, tag));
        }
    }

    void renamed(String organizationId, String clientId, String before, String name) {
        renamed.fire(new RepositoryRenamed(organizationId, clientId, before, name));
    }

    String commented(RepositoryEntity repository, HostEvent.Commented comment) {
        commented.fire(new PullRequestCommented(Changes.view(repository), comment));
        return "a comment on pull request " + comment.number();
    }

    boolean isFollowed(Repo repo) {
        if (!workspaces
                .following(repo.organizationId(), repo.clientId(), repo.identifier())
                .isEmpty()) {
            return true;
        }
        FollowersAsked question =
                new FollowersAsked(repo.organizationId(), repo.clientId().orElse(""), repo.identifier());
        asked.fire(question);
        return question.followed();
    }
}
