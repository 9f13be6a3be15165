package io.terrafleet.api.secret;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.secret.ResealingProgress.Pass;
import io.terrafleet.api.secret.ResealingStore.Foreign;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jboss.logging.Logger;

/**
 * Seals everything again with the newest key, so that the ones before can be withdrawn: beside the work of the platform, in small
 * transactions, by one process at a time, and after a restart from where it was.
 */
@ApplicationScoped
public class Resealing {
    private static final Logger LOG = Logger.getLogger(Resealing.class);
    private static final int BLOCKS = 128;
    private static final int MOST_VALUES = 50;
    private static final Duration AT_A_TIME = Duration.ofSeconds(2);

    private final Secrets secrets;
    private final SecretConfig config;
    private final ResealingStore store;
    private final InstantSource clock;

    Resealing(Secrets secrets, SecretConfig config, ResealingStore store, @Identifier("api") InstantSource clock) {
        this.secrets = secrets;
        this.config = config;
        this.store = store;
        this.clock = clock;
    }

    /**
     * @param sealing whether it seals now
     * @param values that it has sealed, when they were last counted
     * @param known whether the keyset holds it: what an unknown key has sealed cannot be read
     */
    public record Key(String id, boolean sealing, long values, boolean known, Optional<Instant> madeAt) {}

    /**
     * @param countedAt when all values were last counted
     * @param finishedAt since when nothing is sealed with another key than the one that seals
     */
    public record Standing(List<Key> keys, long resealed, Optional<Instant> countedAt, Optional<Instant> finishedAt) {}

    @Transactional
    public Standing standing() {
        String sealing = secrets.key();
        ResealingProgress progress =
                store.find().filter(found -> found.key().equals(sealing)).orElse(ResealingProgress.NONE);
        Map<String, Long> counts = progress.counts().values();
        Map<String, Instant> made = new TreeMap<>();
        store.keys().forEach(key -> made.put(key.id, key.madeAt));
        TreeSet<String> ids = new TreeSet<>(secrets.keys());
        ids.addAll(counts.keySet());
        List<Key> keys = ids.stream()
                .map(id -> new Key(
                        id,
                        id.equals(sealing),
                        counts.getOrDefault(id, 0L),
                        secrets.keys().contains(id),
                        Optional.ofNullable(made.get(id))))
                .toList();
        return new Standing(keys, progress.resealed(), progress.counts().at(), progress.finishedAt());
    }

    /** Another key seals from now on; everything else follows by and by. */
    @Transactional
    public void rotate() {
        SealingKeyEntity row = new SealingKeyEntity();
        row.id = secrets.rotate();
        row.madeAt = clock.instant();
        store.made(row);
    }

    /**
     * Forgets every key but the one that seals.
     *
     * @throws Problem a conflict while something may be sealed with one of them
     */
    @Transactional
    public void withdraw() {
        String key = secrets.key();
        ResealingProgress progress = store.lock()
                .orElseThrow(() -> Problem.conflict("Values are being sealed with the newest key; try again later."));
        if (!progress.key().equals(key) || progress.finishedAt().isEmpty()) {
            throw Problem.conflict(
                    "Not everything is sealed with the newest key yet; the secret settings say how far it is,"
                            + " and when it is finished the older keys can be withdrawn.");
        }
        Instant now = clock.instant();
        store.keys().stream()
                .filter(row -> !row.id.equals(key) && row.withdrawnAt == null)
                .forEach(row -> row.withdrawnAt = now);
        if (!secrets.keepOnly(key)) {
            throw Problem.conflict("Another key seals by now; what is sealed with the one before must follow first.");
        }
    }

    /** Where values that cannot be read were last told of. */
    private volatile String told = "";

    @Scheduled(identity = "resealing", every = "5s", concurrentExecution = ConcurrentExecution.SKIP)
    void look() {
        Instant until = clock.instant().plus(AT_A_TIME);
        boolean more = secrets.isOpen();
        while (more && clock.instant().isBefore(until)) {
            more = QuarkusTransaction.requiringNew().call(this::step);
        }
    }

    /** @return whether there is more to do now */
    boolean step() {
        Optional<ResealingProgress> known = store.lock();
        if (known.isEmpty()) {
            return false;
        }
        String key = secrets.key();
        Instant now = clock.instant();
        boolean other = !known.get().key().equals(key);
        ResealingProgress progress = other ? ResealingProgress.towards(key, now, store.columns()) : known.get();
        if (progress.rests(now, config.settle(), config.pause())) {
            return false;
        }
        if (progress.pass().endedAt().isPresent()) {
            progress = progress.with(Pass.at(now, store.columns()), 0);
        }
        ResealingProgress next = progress.pass().isOver() ? passed(progress, now) : goOn(progress);
        store.save(next);
        return true;
    }

    private ResealingProgress passed(ResealingProgress progress, Instant now) {
        ResealingProgress next = progress.passed(now, store.columns(), config.settle());
        if (next.finishedAt().isPresent()) {
            LOG.infof("everything sealed is sealed with the key %s, %d values anew", next.key(), next.resealed());
        }
        return next;
    }

    /** Some values of one part of one table, or, when the part has none left, its counts. */
    private ResealingProgress goOn(ResealingProgress progress) {
        Pass pass = progress.pass();
        SealedColumn column = pass.columns().get(pass.column());
        if (pass.after().block() >= store.blocks(column)) {
            return progress.with(pass.nextColumn(), 0);
        }
        RowAddress end = pass.after().nextPart(BLOCKS);
        List<Foreign> foreign = store.foreign(column, pass.after(), end, progress.key(), MOST_VALUES);
        if (!foreign.isEmpty()) {
            long done = foreign.stream().filter(value -> reseal(column, value)).count();
            if (done < foreign.size()) {
                tell(column, pass);
            }
            return progress.with(pass.to(foreign.getLast().address(), foreign.size()), done);
        }
        Map<String, Long> counts = store.counts(column, pass.after().part(BLOCKS), end);
        long left = counts.entrySet().stream()
                .filter(entry -> !entry.getKey().equals(progress.key()))
                .mapToLong(Map.Entry::getValue)
                .sum();
        return progress.with(pass.counted(counts, left, end), 0);
    }

    private boolean reseal(SealedColumn column, Foreign value) {
        try {
            store.replace(column, value.address(), secrets.reseal(value.sealed()));
            return true;
        } catch (GeneralSecurityException e) {
            LOG.debugf(e, "%s in %s.%s", value.address(), column.table(), column.column());
            return false;
        }
    }

    /** Once for a column and a pass: there may be millions of them, and they are looked at again and again. */
    private void tell(SealedColumn column, Pass pass) {
        String place = column.table() + "." + column.column() + " since " + pass.begunAt();
        if (!place.equals(told)) {
            told = place;
            LOG.errorf(
                    "values in %s.%s are sealed with a key that is not in the keyset, and cannot be read",
                    column.table(), column.column());
        }
    }
}
