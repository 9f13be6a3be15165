package io.terrafleet.api.secret;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * How far everything is sealed with one key. All columns are gone through again and again, until a pass that began late enough meets
 * no value under another key, and was through every table that there is at its end: what lay in one part of a table when the pass came by
 * may have gone to another that was made since.
 *
 * @param key the one that seals; empty before the first look
 * @param begunAt when it was first seen to be the one that seals
 * @param resealed values so far, over all passes
 */
record ResealingProgress(
        String key, Instant begunAt, long resealed, Pass pass, Counts counts, Optional<Instant> finishedAt) {
    /** Nobody has looked yet. */
    static final ResealingProgress NONE = towards("", Instant.EPOCH, List.of());

    /**
     * @param endedAt the next begins some time later
     * @param columns what it goes through: those there were when it began
     * @param column index in them
     * @param after where in the column's table it goes on
     * @param foreign values under another key that it has met
     * @param counts values by key so far
     */
    record Pass(
            Instant begunAt,
            Optional<Instant> endedAt,
            List<SealedColumn> columns,
            int column,
            RowAddress after,
            long foreign,
            Map<String, Long> counts) {
        static Pass at(Instant begunAt, List<SealedColumn> columns) {
            return new Pass(begunAt, Optional.empty(), columns, 0, RowAddress.START, 0, Map.of());
        }

        Pass to(RowAddress next, long met) {
            return new Pass(begunAt, endedAt, columns, column, next, foreign + met, counts);
        }

        Pass counted(Map<String, Long> more, long met, RowAddress next) {
            Map<String, Long> sum = new TreeMap<>(counts);
            more.forEach((key, values) -> sum.merge(key, values, Long::sum));
            return new Pass(begunAt, endedAt, columns, column, next, foreign + met, Map.copyOf(sum));
        }

        Pass nextColumn() {
            return new Pass(begunAt, endedAt, columns, column + 1, RowAddress.START, foreign, counts);
        }

        Pass ended(Instant now) {
            return new Pass(begunAt, Optional.of(now), columns, column, after, foreign, counts);
        }

        boolean isOver() {
            return column >= columns.size();
        }
    }

    /**
     * What the last whole pass met.
     *
     * @param values by key
     */
    record Counts(Map<String, Long> values, Optional<Instant> at) {}

    static ResealingProgress towards(String key, Instant now, List<SealedColumn> columns) {
        return new ResealingProgress(
                key, now, 0, Pass.at(now, columns), new Counts(Map.of(), Optional.empty()), Optional.empty());
    }

    ResealingProgress with(Pass next, long more) {
        return new ResealingProgress(key, begunAt, resealed + more, next, counts, finishedAt);
    }

    /**
     * The pass is through its columns.
     *
     * @param present the columns that there are now
     * @param settle so long after {@link #begunAt} another process may still seal with the key before
     */
    ResealingProgress passed(Instant now, List<SealedColumn> present, Duration settle) {
        boolean all = Set.copyOf(pass.columns()).containsAll(present);
        boolean clean = all && pass.foreign() == 0 && !pass.begunAt().isBefore(begunAt.plus(settle));
        Optional<Instant> finished = clean ? Optional.of(now) : Optional.empty();
        Counts seen = new Counts(pass.counts(), Optional.of(now));
        return new ResealingProgress(key, begunAt, resealed, pass.ended(now), seen, finished);
    }

    /** Whether there is nothing to do at this time. */
    boolean rests(Instant now, Duration settle, Duration pause) {
        if (finishedAt.isPresent() || pass.endedAt().isEmpty()) {
            return finishedAt.isPresent();
        }
        Instant pauseOver = pass.endedAt().get().plus(pause);
        Instant settled = begunAt.plus(settle);
        Instant next = pass.foreign() == 0 && settled.isAfter(pauseOver) ? settled : pauseOver;
        return now.isBefore(next);
    }
}
