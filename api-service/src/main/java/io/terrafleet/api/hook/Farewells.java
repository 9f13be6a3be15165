package io.terrafleet.api.hook;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.ingress.Changes;
import io.terrafleet.api.ingress.Repo;
import io.terrafleet.api.oauth.Credential;
import io.terrafleet.api.oauth.OauthClientDeletion;
import io.terrafleet.api.oauth.ServiceProvider;
import io.terrafleet.api.secret.Secrets;
import io.terrafleet.contracts.Ids;
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
import java.util.random.RandomGenerator;

/**
 * The door to webhooks that outlive their connection. In the transaction that deletes it is written down which webhooks it has made, and what it
 * takes to take them away; a host that does not let us is asked again for a day, and then the credential is forgotten.
 */
@ApplicationScoped
class Farewells {
    private static final Duration TRIED_FOR = Duration.ofDays(1);
    private static final Duration TAKEN = Duration.ofMinutes(3);
    private static final Duration LONGEST_REST = Duration.ofHours(1);

    private final HookStore store;
    private final Changes changes;
    private final Secrets secrets;
    private final Event<Due> due;
    private final InstantSource clock;
    private final RandomGenerator random;

    Farewells(
            HookStore store,
            Changes changes,
            Secrets secrets,
            Event<Due> due,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.changes = changes;
        this.secrets = secrets;
        this.due = due;
        this.clock = clock;
        this.random = random;
    }

    /** Something is to be taken away. */
    record Due() {}

    /** One whose turn it is; it is the caller's alone for a while. */
    record Turn(String id, String repository, String hostId, Credential credential) {}

    void deleting(@Observes OauthClientDeletion deletion) {
        deletion.credential().ifPresent(credential -> {
            for (RepositoryHookEntity hook : store.registrationsOf(deletion.clientId())) {
                Optional.ofNullable(hook.hostId).ifPresent(hostId -> changes.repository(hook.repositoryId)
                        .ifPresent(repo -> keep(repo, hostId, credential)));
            }
        });
    }

    private void keep(Repo repo, String hostId, Credential credential) {
        FarewellEntity row = new FarewellEntity();
        row.id = Ids.make("whf", random);
        row.repository = repo.nameAt(credential.provider());
        row.hostId = hostId;
        row.serviceProvider = credential.provider().word();
        row.httpUrl = credential.base().toString();
        row.apiUrl = credential.api().toString();
        row.appId = credential.app().map(Credential.Installation::app).orElse(null);
        row.appInstallationId =
                credential.app().map(Credential.Installation::id).orElse(null);
        row.sealedToken = secrets.seal(credential.secret(), row.context());
        row.dueAt = clock.instant();
        row.createdAt = clock.instant();
        store.add(row);
        due.fire(new Due());
    }

    @Transactional
    List<String> due() {
        return store.farewellsDue(clock.instant());
    }

    @Transactional
    Optional<Turn> take(String id) {
        Instant now = clock.instant();
        return store.farewellForUpdate(id)
                .filter(row -> !row.dueAt.isAfter(now))
                .map(row -> {
                    row.dueAt = now.plus(TAKEN);
                    return new Turn(id, row.repository, row.hostId, credential(row));
                });
    }

    private Credential credential(FarewellEntity row) {
        Optional<Credential.Installation> app = row.appId == null || row.appInstallationId == null
                ? Optional.empty()
                : Optional.of(new Credential.Installation(row.appId, row.appInstallationId));
        return new Credential(
                "",
                ServiceProvider.of(row.serviceProvider).orElseThrow(),
                URI.create(row.httpUrl),
                URI.create(row.apiUrl),
                secrets.unsealText(row.sealedToken, row.context()),
                app,
                Optional.empty());
    }

    @Transactional
    void gone(String id) {
        store.farewellForUpdate(id).ifPresent(store::remove);
    }

    /** @return whether it is tried again */
    @Transactional
    boolean again(String id, Optional<Duration> rest) {
        Instant now = clock.instant();
        Optional<FarewellEntity> found = store.farewellForUpdate(id);
        Optional<FarewellEntity> left = found.filter(row -> now.isBefore(row.createdAt.plus(TRIED_FOR)));
        left.ifPresent(row -> {
            row.tries++;
            Duration doubled = Duration.ofSeconds(2L << Math.min(row.tries, 11));
            row.dueAt = now.plus(rest.orElse(doubled.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : doubled));
        });
        if (left.isEmpty()) {
            found.ifPresent(store::remove);
        }
        return left.isPresent();
    }
}
