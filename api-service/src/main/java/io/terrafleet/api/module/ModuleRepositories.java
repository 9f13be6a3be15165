package io.terrafleet.api.module;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.host.RepositoryLocations;
import io.terrafleet.api.oauth.FollowersAsked;
import io.terrafleet.api.oauth.RepositoryAccess;
import io.terrafleet.api.oauth.RepositoryFollowed;
import io.terrafleet.api.oauth.RepositoryRenamed;
import io.terrafleet.api.oauth.RepositoryTold;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.vcs.Remote;
import io.terrafleet.api.vcs.Repositories;
import io.terrafleet.api.vcs.RepositoryRefused;
import io.terrafleet.api.vcs.Snapshot;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/**
 * The door to modules that come from repositories. Each tag that is a version becomes one, pinned by its commit and never taken again; they are
 * looked for when the module is made, when somebody asks, and now and then. From a branch versions are made one by one.
 */
@ApplicationScoped
public class ModuleRepositories {
    private static final Logger LOG = Logger.getLogger(ModuleRepositories.class);
    private static final Repositories.Bounds BOUNDS = new Repositories.Bounds(200_000_000, 20_000);
    /** Of one look; the rest has its turn at the next. */
    private static final int MOST_AT_ONCE = 100;

    private final Modules modules;
    private final ModuleStore store;
    private final RepositoryLocations locations;
    private final Repositories repositories;
    private final Event<RepositoryFollowed> followed;
    private final ModuleConfig config;
    private final InstantSource clock;

    ModuleRepositories(
            Modules modules,
            ModuleStore store,
            RepositoryLocations locations,
            Repositories repositories,
            Event<RepositoryFollowed> followed,
            ModuleConfig config,
            @Identifier("api") InstantSource clock) {
        this.modules = modules;
        this.store = store;
        this.locations = locations;
        this.repositories = repositories;
        this.followed = followed;
        this.config = config;
        this.clock = clock;
    }

    /**
     * A module of a repository that can be read; its tags follow in the background. Call it outside a transaction.
     *
     * @param title absent: as the repository's name says
     * @param initialVersion of a branch's newest commit
     */
    Module create(String organizationId, ModuleSource wish, Optional<ModuleSource.Title> title, String initialVersion) {
        ModuleSource source = wish.called(locations.kept(organizationId, wish.identifier(), wish.oauthTokenId()));
        ModuleSource.Title named = title.or(source::title)
                .orElseThrow(
                        () -> ModuleSource.wrong("the repository must be called terraform-PROVIDER-NAME, for example"
                                + " terraform-aws-network, unless name and provider are given"));
        Remote remote = remote(organizationId, source);
        String commit = "";
        try {
            if (source.fromTags()) {
                repositories.heads(remote).tags();
            } else {
                commit = repositories.newest(remote, source.branch());
            }
        } catch (RepositoryRefused e) {
            throw refused(source, e);
        }
        Module module = modules.create(organizationId, named.name(), named.provider());
        QuarkusTransaction.requiringNew().run(() -> {
            ModuleEntity row = store.forUpdate(module.id()).orElseThrow(Problem::notFound);
            source.put(row);
            row.vcsDueAt = source.fromTags() ? clock.instant() : null;
        });
        if (source.fromTags()) {
            lookAtThoseDue();
        } else {
            publish(module.id(), initialVersion, commit, source.branch(), source, remote);
        }
        return modules.find(module.id()).orElseThrow(Problem::notFound);
    }

    /** Another branch, prefix or directory; 422 for a module without a repository. */
    Module change(Module module, ModuleSource source) {
        QuarkusTransaction.requiringNew().run(() -> {
            ModuleEntity row = store.forUpdate(module.id()).orElseThrow(Problem::notFound);
            source.put(row);
            row.vcsDueAt = source.fromTags() ? clock.instant() : null;
        });
        lookAtThoseDue();
        return modules.find(module.id()).orElseThrow(Problem::notFound);
    }

    /** A version of a commit of the module's branch. Call it outside a transaction. */
    Module.Version publish(Module module, String number, Optional<String> commit) {
        ModuleSource source = module.source().orElseThrow(Problem::notFound);
        if (source.fromTags()) {
            throw Problem.unprocessable("The versions of this module come from its repository's tags: push a tag.");
        }
        Remote remote = remote(module.organizationId(), source);
        try {
            String sha = commit.isPresent() ? commit.get() : repositories.newest(remote, source.branch());
            publish(module.id(), number, sha, sha, source, remote);
        } catch (RepositoryRefused e) {
            throw refused(source, e);
        }
        return modules.find(module.id()).flatMap(now -> now.version(number)).orElseThrow(Problem::notFound);
    }

    /** The newest commit of the branch; empty for a module of tags. */
    Optional<String> newestCommit(Module module) {
        ModuleSource source = module.source().orElseThrow(Problem::notFound);
        if (source.fromTags()) {
            return Optional.empty();
        }
        try {
            return Optional.of(repositories.newest(remote(module.organizationId(), source), source.branch()));
        } catch (RepositoryRefused e) {
            throw refused(source, e);
        }
    }

    /**
     * Takes the tags that are not versions yet. Call it outside a transaction. Refused with the reason when the repository cannot be read.
     *
     * @return the module with them
     */
    public Module sync(String moduleId) {
        Module module = modules.find(moduleId).orElseThrow(Problem::notFound);
        ModuleSource source =
                module.source().orElseThrow(() -> Problem.unprocessable("This module has no repository."));
        if (!source.fromTags()) {
            return module;
        }
        try {
            Remote remote = remote(module.organizationId(), source);
            wanted(module, source, repositories.heads(remote).tags())
                    .forEach((number, tag) ->
                            publish(moduleId, number, tag.commit(), "refs/tags/" + tag.name(), source, remote));
            note(moduleId, null);
            follow(module.organizationId(), source);
        } catch (RepositoryRefused e) {
            note(moduleId, e.reason());
            throw refused(source, e);
        }
        return modules.find(moduleId).orElseThrow(Problem::notFound);
    }

    private record Tag(String name, String commit) {}

    /** Tags that are no usable version yet, the newest first; one that failed is tried again. */
    private static Map<String, Tag> wanted(Module module, ModuleSource source, Map<String, String> tags) {
        Map<String, Tag> wanted =
                new TreeMap<>(Comparator.comparing(VersionNumber::new).reversed());
        tags.forEach((name, commit) -> source.version(name)
                .filter(number ->
                        module.version(number).filter(Module.Version::ready).isEmpty())
                .ifPresent(number -> wanted.put(number, new Tag(name, commit))));
        while (wanted.size() > MOST_AT_ONCE) {
            wanted.keySet().remove(((TreeMap<String, Tag>) wanted).lastKey());
        }
        return wanted;
    }

    private void publish(
            String moduleId, String number, String commit, String wanted, ModuleSource source, Remote remote) {
        modules.find(moduleId)
                .flatMap(module -> module.version(number))
                .filter(version -> version.status().equals("reg_ingress_failed"))
                .ifPresent(failed -> modules.deleteVersion(moduleId, number));
        Modules.Promised promised = modules.createVersion(moduleId, number, Optional.of(commit));
        try {
            Snapshot snapshot = repositories.take(remote, wanted, source.directory(), BOUNDS);
            modules.upload(promised.version().id(), promised.key(), snapshot.archive());
        } catch (RepositoryRefused e) {
            LOG.infof("moduleId=%s version=%s: %s", moduleId, number, e.reason());
            modules.failed(promised.version().id(), e.reason());
        } catch (Problem refused) {
            LOG.infof(
                    "moduleId=%s version=%s: %s",
                    moduleId, number, refused.detail().orElse(refused.title()));
            if (refused.status() >= 500) {
                modules.failed(promised.version().id(), refused.detail().orElse(refused.title()));
            }
        }
    }

    /** A host has told that there is something new: nobody waits for the next look. */
    void told(@Observes RepositoryTold told) {
        store.told(told.organizationId(), told.identifier(), clock.instant());
    }

    void renamed(@Observes RepositoryRenamed renamed) {
        store.renamed(renamed.organizationId(), renamed.before(), renamed.identifier());
    }

    void lookAfterBeingTold(@Observes(during = TransactionPhase.AFTER_SUCCESS) RepositoryTold told) {
        Thread.ofVirtual().name("modules").start(this::lookAtThoseDue);
    }

    void asked(@Observes FollowersAsked asked) {
        asked.follow(store.following(asked.organizationId(), asked.identifier()));
    }

    @Scheduled(identity = "module-repositories", every = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    void lookAtThoseDue() {
        Instant now = clock.instant();
        List<String> due = QuarkusTransaction.requiringNew().call(() -> store.due(now));
        for (String id : due) {
            boolean mine =
                    QuarkusTransaction.requiringNew().call(() -> store.claim(id, now, now.plus(config.lookEvery())));
            if (mine) {
                Thread.ofVirtual().name("module-" + id).start(() -> look(id));
            }
        }
    }

    private void look(String id) {
        try {
            sync(id);
        } catch (Problem refused) {
            LOG.infof("moduleId=%s: %s", id, refused.detail().orElse(refused.title()));
        } catch (RuntimeException e) {
            LOG.warnf(e, "moduleId=%s: its repository could not be looked at", id);
        }
    }

    private void note(String id, @Nullable String error) {
        QuarkusTransaction.requiringNew().run(() -> store.find(id).ifPresent(row -> row.vcsError = error));
    }

    /** So that its host tells of new tags, and not only our own look finds them. */
    private void follow(String organizationId, ModuleSource source) {
        locations
                .locate(organizationId, source.identifier(), source.oauthTokenId())
                .access()
                .ifPresent(access -> QuarkusTransaction.requiringNew()
                        .run(() -> followed.fire(
                                new RepositoryFollowed(organizationId, access.clientId(), source.identifier()))));
    }

    private Remote remote(String organizationId, ModuleSource source) {
        RepositoryLocations.Location place =
                locations.locate(organizationId, source.identifier(), source.oauthTokenId());
        return new Remote(
                place.address(),
                place.access().map(RepositoryAccess::token),
                place.access().flatMap(RepositoryAccess::sshKey));
    }

    private static Problem refused(ModuleSource source, RepositoryRefused why) {
        return Problem.unprocessable("The repository " + source.identifier() + ": " + why.reason() + ".");
    }
}
