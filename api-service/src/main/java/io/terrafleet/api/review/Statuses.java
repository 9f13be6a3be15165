package io.terrafleet.api.review;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.configuration.Ingestions;
import io.terrafleet.api.document.PublicUrl;
import io.terrafleet.api.host.CommitStatus;
import io.terrafleet.api.host.CommitStatus.State;
import io.terrafleet.api.ingress.Change;
import io.terrafleet.api.ingress.ChangeMoved;
import io.terrafleet.api.ingress.ChangeRan;
import io.terrafleet.api.ingress.CommitJudged;
import io.terrafleet.api.organization.Organization;
import io.terrafleet.api.organization.Organizations;
import io.terrafleet.api.run.RunChanged;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.enterprise.event.Observes;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Writes down what is to be said of commits, in the transaction that makes it true. Only the newest word on each matter is ever sent. */
@ApplicationScoped
class Statuses {
    /** Somebody else sends no status that was taken, for so long. */
    static final Duration PATIENCE = Duration.ofMinutes(2);

    private static final Duration LONGEST_REST = Duration.ofMinutes(10);
    private static final int MOST_TRIES = 200;
    private static final String PREFIX = "terrafleet/";

    private final ReviewStore store;
    private final Organizations organizations;
    private final PublicUrl publicUrl;
    private final Event<Said> said;
    private final InstantSource clock;

    Statuses(
            ReviewStore store,
            Organizations organizations,
            PublicUrl publicUrl,
            Event<Said> said,
            @Identifier("api") InstantSource clock) {
        this.store = store;
        this.organizations = organizations;
        this.publicUrl = publicUrl;
        this.said = said;
        this.clock = clock;
    }

    /** Something is to be sent. */
    record Said() {}

    /** A status that is the caller's to send. */
    record Taken(long id, String repositoryId, int version, CommitStatus status) {}

    void ran(@Observes ChangeRan ran) {
        String commit = ran.change().commit();
        String organization = ran.workspace().organizationName();
        String name = ran.workspace().name();
        String page = "/app/" + organization + "/" + name;
        String context = PREFIX + organization + "/" + name;
        if (ran.run().isPresent()) {
            String run = ran.run().get().id().value();
            put(
                    ran.repo().id(),
                    commit,
                    context,
                    run,
                    Word.of(ran.run().get().state()),
                    publicUrl.of(page + "/runs/" + run));
        } else if (ran.problem().isPresent()) {
            Word word = new Word(State.ERROR, ran.problem().get());
            put(ran.repo().id(), commit, context, null, word, publicUrl.of(page));
        } else if (ran.change().kind() == Change.Kind.PULL) {
            String text = ran.skipped().map(why -> "Skipped: " + why).orElse("Nothing of this workspace is touched");
            Word word = new Word(State.SUCCESS, text);
            put(ran.repo().id(), commit, context, null, word, publicUrl.of(page));
        }
    }

    /** What there is to say of the change as a whole: of one with runs, its runs say it. */
    void moved(@Observes ChangeMoved moved) {
        Change change = moved.change();
        boolean runs = change.outcomes().stream()
                .anyMatch(
                        outcome -> outcome.run().isPresent() || !outcome.note().isEmpty());
        if (change.commit().isEmpty() || change.kind() == Change.Kind.CONNECT || runs) {
            return;
        }
        boolean followed = !change.outcomes().isEmpty() || change.kind() == Change.Kind.PULL;
        Optional<Word> word =
                switch (change.state()) {
                    case "held" -> Optional.of(new Word(State.PENDING, "Not planned: " + change.note()));
                    case "failed" -> Optional.of(new Word(State.ERROR, "Not planned: " + change.note()));
                    case "done" ->
                        followed
                                ? Optional.of(new Word(State.SUCCESS, "No workspace is touched: " + change.note()))
                                : Optional.empty();
                    default -> Optional.empty();
                };
        word.ifPresent(it -> {
            String organization = organization(moved.repo().organizationId());
            put(
                    moved.repo().id(),
                    change.commit(),
                    PREFIX + organization,
                    null,
                    it,
                    publicUrl.of("/app/" + organization));
        });
    }

    void judged(@Observes CommitJudged judged) {
        put(
                judged.repo().id(),
                judged.commit(),
                judged.context(),
                null,
                new Word(judged.state(), judged.text()),
                judged.url());
    }

    void runMoved(@Observes RunChanged changed) {
        if (!changed.now().source().equals(Ingestions.SOURCE)) {
            return;
        }
        Word word = Word.of(changed.to());
        store.ofRunForUpdate(changed.run().value()).forEach(row -> say(row, word, row.url));
    }

    private void put(
            String repositoryId, String commit, String context, @Nullable String runId, Word word, String url) {
        Optional<StatusEntity> known = store.forUpdate(repositoryId, commit, context);
        if (known.isEmpty()
                && store.addFirst(
                        repositoryId,
                        commit,
                        context,
                        Objects.requireNonNullElse(runId, ""),
                        word,
                        url,
                        clock.instant())) {
            said.fire(new Said());
            return;
        }
        StatusEntity row =
                known.or(() -> store.forUpdate(repositoryId, commit, context)).orElseThrow();
        row.runId = runId;
        say(row, word, url);
    }

    private void say(StatusEntity row, Word word, String url) {
        if (row.state.equals(word.state().name()) && row.description.equals(word.text()) && row.url.equals(url)) {
            return;
        }
        Instant now = clock.instant();
        row.state = word.state().name();
        row.description = word.text();
        row.url = url;
        row.version++;
        row.tries = 0;
        row.updatedAt = now;
        boolean onItsWay = row.dueAt != null && row.dueAt.isAfter(now) && row.error == null;
        if (!onItsWay) {
            row.dueAt = now;
        }
        said.fire(new Said());
    }

    /** The word on all workspaces of the organization together; nothing while none of them has one. */
    @Transactional
    void sumUp(String repositoryId, String commit, String organizationId) {
        String organization = organization(organizationId);
        List<StatusEntity> all = store.of(repositoryId, commit).stream()
                .filter(row -> row.context.startsWith(PREFIX + organization + "/"))
                .toList();
        if (all.isEmpty()) {
            return;
        }
        put(
                repositoryId,
                commit,
                PREFIX + organization,
                null,
                together(all.stream().map(row -> State.valueOf(row.state)).toList()),
                publicUrl.of("/app/" + organization));
    }

    static Word together(List<State> all) {
        long failed = all.stream()
                .filter(state -> state == State.FAILURE || state == State.ERROR)
                .count();
        long done = all.stream().filter(state -> state == State.SUCCESS).count();
        long open = all.size() - failed - done;
        String of = " of " + all.size() + (all.size() == 1 ? " workspace" : " workspaces");
        if (open > 0) {
            return new Word(State.PENDING, done + of + " done" + (failed > 0 ? ", " + failed + " failed" : ""));
        }
        return failed > 0
                ? new Word(State.FAILURE, failed + of + " failed")
                : new Word(State.SUCCESS, done + of + " done");
    }

    /** Those that are due, each of them taken by this caller; after a crash they are due again. */
    @Transactional
    List<Taken> take() {
        Instant now = clock.instant();
        return store.dueForUpdate(now).stream()
                .map(row -> {
                    row.dueAt = now.plus(PATIENCE);
                    row.error = null;
                    return new Taken(
                            row.id,
                            row.repositoryId,
                            row.version,
                            new CommitStatus(
                                    row.commit, row.context, State.valueOf(row.state), row.description, row.url));
                })
                .toList();
    }

    /** They stand there; what has become untrue meanwhile is due again. */
    @Transactional
    void sent(List<Taken> all) {
        Map<Long, Taken> byId = all.stream().collect(Collectors.toMap(Taken::id, Function.identity()));
        boolean more = false;
        for (StatusEntity row :
                byId.isEmpty() ? List.<StatusEntity>of() : store.forUpdate(List.copyOf(byId.keySet()))) {
            int version = Objects.requireNonNull(byId.get(row.id)).version();
            row.sentVersion = version;
            row.tries = 0;
            row.error = null;
            row.dueAt = row.version > version ? clock.instant() : null;
            more |= row.dueAt != null;
        }
        if (more) {
            said.fire(new Said());
        }
    }

    /** @param rest how long the host wants to be left alone, if it said so */
    @Transactional
    void notSent(Taken taken, String why, Optional<Duration> rest, boolean lasting) {
        Instant now = clock.instant();
        store.forUpdate(taken.id()).ifPresent(row -> {
            row.tries++;
            row.error = why;
            boolean over = (lasting && row.version == taken.version()) || row.tries >= MOST_TRIES;
            row.dueAt = over ? null : now.plus(rest.orElse(backOff(row.tries)));
        });
        rest.ifPresent(time -> store.rest(taken.repositoryId(), now.plus(time)));
    }

    static Duration backOff(int tries) {
        Duration doubled = Duration.ofSeconds(1L << Math.min(tries, 12));
        return doubled.compareTo(LONGEST_REST) > 0 ? LONGEST_REST : doubled;
    }

    private String organization(String id) {
        return organizations.find(id).map(Organization::name).orElse(id);
    }
}
