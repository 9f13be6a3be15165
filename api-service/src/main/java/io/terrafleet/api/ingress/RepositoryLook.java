package io.terrafleet.api.ingress;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.host.HostRefused;
import io.terrafleet.api.host.PullRequest;
import io.terrafleet.api.vcs.Heads;
import io.terrafleet.api.vcs.Repositories;
import io.terrafleet.api.vcs.RepositoryRefused;
import io.terrafleet.api.vcs.VcsConfig;
import io.terrafleet.api.workspace.VcsRepo;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.api.workspace.Workspaces;
import jakarta.enterprise.context.ApplicationScoped;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.jboss.logging.Logger;

/** Looks at a repository now and then: deliveries get lost, and a plain git server sends none. */
@ApplicationScoped
class RepositoryLook {
    private static final Logger LOG = Logger.getLogger(RepositoryLook.class);

    private static final int MOST_TAGS = 5_000;

    private final IngressStore store;
    private final Changes changes;
    private final Naming naming;
    private final PullRequests pullRequests;
    private final Connections connections;
    private final Repositories repositories;
    private final Workspaces workspaces;
    private final VcsConfig config;
    private final InstantSource clock;

    RepositoryLook(
            IngressStore store,
            Changes changes,
            Naming naming,
            PullRequests pullRequests,
            Connections connections,
            Repositories repositories,
            Workspaces workspaces,
            VcsConfig config,
            @Identifier("api") InstantSource clock) {
        this.store = store;
        this.changes = changes;
        this.naming = naming;
        this.pullRequests = pullRequests;
        this.connections = connections;
        this.repositories = repositories;
        this.workspaces = workspaces;
        this.config = config;
        this.clock = clock;
    }

    void at(Repo repo) {
        RepositoryEntity before = QuarkusTransaction.requiringNew()
                .call(() -> store.repository(repo.id()).orElseThrow());
        boolean first = before.lookedAt == null;
        try {
            Optional<Connection> connection = connections.of(repo);
            if (connection.isPresent()) {
                Repo named = naming.named(repo, connection.get(), before);
                Connection now = named.equals(repo)
                        ? connection.get()
                        : connections.of(named).orElse(connection.get());
                heads(named, now, first);
                pulls(named, now, first);
            }
            looked(repo, before, Optional.empty(), Duration.ZERO);
        } catch (RepositoryRefused e) {
            looked(repo, before, Optional.of(e.reason()), Duration.ZERO);
        } catch (HostRefused e) {
            looked(repo, before, Optional.of(e.reason()), e.after().orElse(Duration.ZERO));
        } catch (RuntimeException e) {
            LOG.warnf(e, "repository %s could not be looked at", repo.identifier());
            looked(repo, before, Optional.of(String.valueOf(e.getMessage())), Duration.ZERO);
        }
    }

    private void heads(Repo repo, Connection connection, boolean first) throws RepositoryRefused {
        Heads heads = repositories.heads(connection.remote());
        heads.standard().ifPresent(branch -> QuarkusTransaction.requiringNew()
                .run(() -> store.repositoryForUpdate(repo.id()).ifPresent(row -> row.defaultBranch = branch)));
        Set<String> branches = new HashSet<>();
        Set<String> awaited = new HashSet<>();
        boolean tagged = false;
        for (Workspace workspace : workspaces.following(repo.organizationId(), repo.clientId(), repo.identifier())) {
            VcsRepo vcs = Ingestion.vcs(workspace);
            String branch = vcs.branch().isEmpty() ? heads.standard().orElse(repo.defaultBranch()) : vcs.branch();
            (vcs.awaited() ? awaited : branches).add(branch);
            tagged |= !vcs.tagsRegex().isEmpty();
        }
        for (String branch : branches) {
            Optional.ofNullable(heads.branches().get(branch))
                    .ifPresent(commit -> changes.found(repo.id(), Change.Kind.PUSH, branch, commit, true));
        }
        for (String branch : awaited) {
            Optional.ofNullable(heads.branches().get(branch))
                    .ifPresent(commit -> changes.connect(repo.id(), branch, commit));
        }
        tags(repo, heads, tagged && !first);
    }

    /** Those that are there when we first look are old: nothing runs for them. */
    private void tags(Repo repo, Heads heads, boolean tell) {
        Map<String, String> known = new HashMap<>();
        QuarkusTransaction.requiringNew()
                .run(() -> store.heads(repo.id()).forEach(head -> known.put(head.ref, head.commit)));
        heads.tags().entrySet().stream()
                .filter(tag -> !tag.getValue().equals(known.get("refs/tags/" + tag.getKey())))
                .limit(MOST_TAGS)
                .forEach(tag -> changes.found(repo.id(), Change.Kind.TAG, tag.getKey(), tag.getValue(), tell));
    }

    /** Those that are at another commit than we knew, those that are new, and those that are open no more. */
    private void pulls(Repo repo, Connection connection, boolean first) throws HostRefused {
        Map<Long, String> known = new HashMap<>();
        pullRequests.open(repo.id()).forEach(pull -> known.put(pull.number(), pull.head()));
        List<PullRequest> open = connection.host().openPullRequests(connection.api(), connection.name());
        for (PullRequest pull : open) {
            boolean same = pull.head().equals(known.remove(pull.number()));
            if (first && !same) {
                pullRequests.seen(repo.id(), pull);
            } else if (!same && !pull.draft()) {
                changes.found(repo.id(), pull.number());
            }
        }
        if (open.size() < 200) {
            known.keySet().forEach(number -> pullRequests.close(repo.id(), number));
        }
    }

    /**
     * A wish to look that came meanwhile stands. What is not otherwise than at the look before is not said again.
     *
     * @param rest how long the host wants to be left alone
     */
    private void looked(Repo repo, RepositoryEntity before, Optional<String> error, Duration rest) {
        Instant now = clock.instant();
        Duration pause = rest.compareTo(config.lookEvery()) > 0 ? rest : config.lookEvery();
        if (!error.equals(Optional.ofNullable(before.error))) {
            LOG.infof("repository %s: %s", repo.identifier(), error.orElse("it can be looked at again"));
        }
        QuarkusTransaction.requiringNew()
                .run(() -> store.repositoryForUpdate(repo.id()).ifPresent(row -> {
                    row.lookedAt = now;
                    row.error = error.orElse(null);
                    if (row.lookDueAt.equals(before.lookDueAt)) {
                        row.lookDueAt = now.plus(pause);
                    }
                }));
    }
}
