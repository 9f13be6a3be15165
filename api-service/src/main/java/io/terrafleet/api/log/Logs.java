package io.terrafleet.api.log;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.terrafleet.api.secret.Secrets;
import io.terrafleet.contracts.Phase;
import io.terrafleet.contracts.RunId;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import java.util.Optional;

/**
 * Logs, by byte offset. What a reader gets is framed as clients of the TFE API expect: the first byte is STX, the last, once the log
 * is closed, ETX; both count in the offset. Chunks are sealed at rest. A log whose month was dropped reads as {@link #GONE}.
 */
@ApplicationScoped
public class Logs {
    /** Most bytes of one append. */
    public static final int MOST_APPEND = 1_048_576;

    /** What is read in place of a log that is no longer kept; ASCII. */
    static final String GONE = "This log is no longer kept.\n";

    private static final byte STX = 2;
    private static final byte ETX = 3;

    private final LogStore store;
    private final Secrets secrets;
    private final RecentPieces recent;
    private final Event<LogGrew> grew;
    private final Event<RecentPieces.Written> written;

    Logs(
            LogStore store,
            Secrets secrets,
            RecentPieces recent,
            Event<LogGrew> grew,
            Event<RecentPieces.Written> written) {
        this.store = store;
        this.secrets = secrets;
        this.recent = recent;
        this.grew = grew;
        this.written = written;
    }

    /** The name of the one log that all attempts at a phase share. */
    public static String of(RunId run, Phase phase) {
        return run + "-" + phase.word();
    }

    /** Bytes so far, frame not counted. */
    @Transactional
    public long length(String log) {
        return shown(log).length();
    }

    /** Somebody will write to it from here on: bytes so far, frame not counted. */
    @Transactional
    public long begin(String log) {
        return store.begin(log).length();
    }

    /**
     * Adds bytes at an offset (frame not counted). What is there already is skipped, so a repeated append changes nothing.
     *
     * @param limit bytes beyond this length are dropped
     * @return where the next append belongs: less than {@code offset} when something in between is missing
     */
    @Transactional
    public long append(String log, long offset, byte[] bytes, long limit) {
        long after = offset + bytes.length;
        if (after <= limit && bytes.length > 0 && store.addNext(log, chunk(log, offset, bytes))) {
            written.fire(new RecentPieces.Written(log, offset, bytes));
            grew.fire(new LogGrew(log, after, false));
            return after;
        }
        return appendWhereItFits(log, offset, bytes, limit);
    }

    private long appendWhereItFits(String log, long offset, byte[] bytes, long limit) {
        LogStore.Head head = store.begin(log);
        if (offset > head.length() || head.closed()) {
            return head.length();
        }
        long next = offset + bytes.length;
        long keep = Math.min(next, limit);
        if (keep > head.length()) {
            byte[] fresh = Arrays.copyOfRange(bytes, (int) (head.length() - offset), (int) (keep - offset));
            store.add(log, chunk(log, head.length(), fresh));
            written.fire(new RecentPieces.Written(log, head.length(), fresh));
            grew.fire(new LogGrew(log, keep, false));
        }
        return Math.max(next, head.length());
    }

    private LogStore.Chunk chunk(String log, long start, byte[] plain) {
        return new LogStore.Chunk(start, plain.length, secrets.seal(plain, context(log, start)));
    }

    /** Nothing more will come; readers see the end. */
    @Transactional
    public void close(String log) {
        store.close(log).ifPresent(length -> grew.fire(new LogGrew(log, length, true)));
    }

    /** A piece of the framed log: at most {@code limit} bytes from {@code offset}; empty when there is nothing (yet). */
    public byte[] read(String log, long offset, int limit) {
        Optional<byte[]> whole = offset == 0 ? Optional.empty() : recent.find(log, offset - 1, offset - 1 + limit);
        return whole.orElseGet(() -> QuarkusTransaction.joiningExisting().call(() -> framed(log, offset, limit)));
    }

    /**
     * What readers are shown of a log.
     *
     * @param at when it began; absent when there is nothing of it in the database
     */
    private record Shown(long length, boolean closed, Optional<Instant> at) {
        static final Shown NOTHING_YET = new Shown(0, false, Optional.empty());
        static final Shown NO_LONGER_KEPT = new Shown(GONE.length(), true, Optional.empty());

        static Shown of(LogStore.Head head) {
            return new Shown(head.length(), head.closed(), Optional.of(head.at()));
        }
    }

    private Shown shown(String log) {
        return store.head(log)
                .map(head -> isGone(log, head) ? Shown.NO_LONGER_KEPT : Shown.of(head))
                .orElse(Shown.NOTHING_YET);
    }

    /** Asked of closed logs only: those that are followed while they grow are read most, and their month is there. */
    private boolean isGone(String log, LogStore.Head head) {
        return head.closed() && head.length() > 0 && !store.isKept(log, head.at());
    }

    private byte[] framed(String log, long offset, int limit) {
        Shown shown = shown(log);
        long end = shown.length() + (shown.closed() ? 2 : 1);
        long to = Math.min(end, offset + limit);
        if (offset >= to) {
            return new byte[0];
        }
        ByteArrayOutputStream piece = new ByteArrayOutputStream((int) (to - offset));
        if (offset == 0) {
            piece.write(STX);
        }
        text(log, shown, Math.max(0, offset - 1), Math.min(shown.length(), to - 1), piece);
        if (shown.closed() && to == end) {
            piece.write(ETX);
        }
        return piece.toByteArray();
    }

    /** Whether somebody writes to the log, and the next byte has this offset in the frame. */
    boolean growsAt(String log, long offset) {
        return QuarkusTransaction.joiningExisting().call(() -> store.head(log)
                .filter(head -> !head.closed() && offset == head.length() + 1)
                .isPresent());
    }

    /** Whether the framed log ends at this offset. */
    @Transactional
    public boolean endsAt(String log, long offset) {
        Shown shown = shown(log);
        return shown.closed() && offset >= shown.length() + 2;
    }

    private void text(String log, Shown shown, long from, long to, ByteArrayOutputStream into) {
        if (from >= to) {
            return;
        }
        if (shown.at().isEmpty()) {
            into.write(GONE.getBytes(StandardCharsets.US_ASCII), (int) from, (int) (to - from));
            return;
        }
        Optional<byte[]> whole = recent.find(log, from, to);
        if (whole.isPresent()) {
            into.writeBytes(whole.get());
            return;
        }
        for (LogStore.Chunk chunk : store.chunks(log, shown.at().get(), from, to)) {
            byte[] plain = secrets.unseal(chunk.content(), context(log, chunk.start()));
            int begin = (int) Math.max(0, from - chunk.start());
            int end = (int) Math.min(plain.length, to - chunk.start());
            into.write(plain, begin, end - begin);
            recent.keep(log, chunk.start(), plain);
        }
    }

    private static String context(String log, long start) {
        return "log/" + log + "/" + start;
    }
}
