package io.terrafleet.api.hook;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.host.HostHooks;
import io.terrafleet.api.host.Hosts;
import io.terrafleet.api.ingress.Changes;
import io.terrafleet.api.ingress.Repo;
import io.terrafleet.api.ingress.RepositoryKnown;
import io.terrafleet.api.ingress.RepositoryLeft;
import io.terrafleet.api.oauth.OauthClientChanged;
import io.terrafleet.api.oauth.OauthClients;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;

/**
 * The door to webhooks that the platform makes at hosts by itself: one for each repository that is followed, with a secret of its own, made when
 * the first follows it, looked after daily, and taken away after the last has left.
 */
@ApplicationScoped
public class Registrations {
    private static final Duration LOOKED_AFTER = Duration.ofDays(1);
    private static final Duration TAKEN = Duration.ofMinutes(3);
    private static final Duration LONGEST_REST = Duration.ofHours(1);

    private final HookStore store;
    private final Webhooks webhooks;
    private final OauthClients oauth;
    private final Changes changes;
    private final Event<Due> due;
    private final InstantSource clock;

    Registrations(
            HookStore store,
            Webhooks webhooks,
            OauthClients oauth,
            Changes changes,
            Event<Due> due,
            @Identifier("api") InstantSource clock) {
        this.store = store;
        this.webhooks = webhooks;
        this.oauth = oauth;
        this.changes = changes;
        this.due = due;
        this.clock = clock;
    }

    /** Something is to be made or taken away. */
    record Due() {}

    /**
     * @param state {@code wanted}, {@code made}, {@code by-hand} or {@code failed}
     * @param note why, or what a person has to do
     */
    record Registration(String repositoryId, String repository, String state, String note, Instant updatedAt) {}

    /** One whose turn it is; it is the caller's alone for a while. */
    record Turn(Repo repo, Optional<String> hostId, HostHooks.Wish wish) {}

    /** Where a person has entered the connection's own address at the host, that is left as it is. */
    void known(@Observes RepositoryKnown known) {
        Optional<String> client = known.repo().clientId();
        boolean possible = client.flatMap(oauth::provider)
                .flatMap(provider -> Hosts.of(provider).hooks())
                .isPresent();
        boolean byHand = client.flatMap(store::webhookOf).isPresent();
        if (possible && !byHand && store.registration(known.repo().id()).isEmpty()) {
            RepositoryHookEntity row = new RepositoryHookEntity();
            row.repositoryId = known.repo().id();
            row.state = RepositoryHookEntity.WANTED;
            row.dueAt = clock.instant();
            row.updatedAt = clock.instant();
            store.add(row);
            due.fire(new Due());
        }
    }

    void left(@Observes RepositoryLeft left) {
        store.registration(left.repo().id()).ifPresent(this::dueNow);
    }

    /** Another token may do what the one before might not. */
    void changed(@Observes OauthClientChanged changed) {
        store.registrationsOf(changed.clientId()).forEach(this::dueNow);
    }

    private void dueNow(RepositoryHookEntity row) {
        row.dueAt = clock.instant();
        row.tries = 0;
        due.fire(new Due());
    }

    @Transactional
    List<String> due() {
        return store.registrationsDue(clock.instant());
    }

    @Transactional
    Optional<Turn> take(String repositoryId) {
        Instant now = clock.instant();
        return store.registrationForUpdate(repositoryId)
                .filter(row -> row.dueAt != null && !row.dueAt.isAfter(now))
                .flatMap(row -> changes.repository(repositoryId).map(repo -> {
                    row.dueAt = now.plus(TAKEN);
                    Webhooks.Own own = webhooks.own(repo.clientId().orElseThrow(), repositoryId);
                    return new Turn(
                            repo,
                            Optional.ofNullable(row.hostId),
                            new HostHooks.Wish(URI.create(own.url()), own.secret()));
                }));
    }

    @Transactional
    void made(String repositoryId, String hostId) {
        store.registrationForUpdate(repositoryId).ifPresent(row -> {
            row.hostId = hostId;
            row.tries = 0;
            put(row, RepositoryHookEntity.MADE, "", LOOKED_AFTER);
        });
    }

    /** @param why with what a person has to do instead */
    @Transactional
    void byHand(String repositoryId, String why) {
        store.registrationForUpdate(repositoryId)
                .ifPresent(row -> put(row, RepositoryHookEntity.BY_HAND, why, LOOKED_AFTER));
    }

    @Transactional
    void failed(String repositoryId, String why, Optional<Duration> rest) {
        store.registrationForUpdate(repositoryId).ifPresent(row -> {
            row.tries++;
            Duration doubled = Duration.ofSeconds(2L << Math.min(row.tries, 11));
            put(
                    row,
                    RepositoryHookEntity.FAILED,
                    why,
                    rest.orElse(doubled.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : doubled));
        });
    }

    private void put(RepositoryHookEntity row, String state, String note, Duration again) {
        row.state = state;
        row.note = note.length() > 1_000 ? note.substring(0, 1_000) : note;
        row.updatedAt = clock.instant();
        row.dueAt = row.updatedAt.plus(again);
    }

    /** Nobody follows the repository, and the host tells nothing more. */
    @Transactional
    void gone(String repositoryId) {
        store.registrationForUpdate(repositoryId).ifPresent(store::remove);
        store.webhookOfRepository(repositoryId).ifPresent(store::remove);
    }

    /** By name of the repository; at most 1,000. */
    @Transactional
    List<Registration> of(String clientId) {
        return store.registrationsOf(clientId).stream()
                .flatMap(row -> changes
                        .repository(row.repositoryId)
                        .map(repo -> new Registration(
                                row.repositoryId, repo.identifier(), row.state, row.note, row.updatedAt))
                        .stream())
                .sorted(java.util.Comparator.comparing(Registration::repository))
                .toList();
    }
}
