package io.terrafleet.api.log;

import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.event.TransactionPhase;
import java.io.ByteArrayOutputStream;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What was last written or read of logs, in plain, at most {@value #MOST_BYTES} bytes of it: many read what has just come, and need not
 * each have it fetched and unsealed. A piece never changes once it is there, so none of these can be out of date; how long a log is, and
 * whether it is closed, only the database knows.
 */
@ApplicationScoped
class RecentPieces {
    static final int MOST_BYTES = 16_777_216;

    private final Map<String, NavigableMap<Long, byte[]>> logs = new HashMap<>();
    private final Deque<Place> eldestFirst = new ArrayDeque<>();
    private long bytes;

    private record Place(String log, long start) {}

    /** Fired inside the transaction that writes the piece. */
    @SuppressWarnings("ArrayRecordComponent")
    record Written(String log, long start, byte[] plain) {}

    void written(@Observes(during = TransactionPhase.AFTER_SUCCESS) Written piece) {
        keep(piece.log(), piece.start(), piece.plain());
    }

    synchronized void keep(String log, long start, byte[] plain) {
        if (plain.length == 0 || logs.computeIfAbsent(log, _ -> new TreeMap<>()).putIfAbsent(start, plain) != null) {
            return;
        }
        eldestFirst.add(new Place(log, start));
        bytes += plain.length;
        while (bytes > MOST_BYTES) {
            forget(eldestFirst.remove());
        }
    }

    synchronized void clear() {
        logs.clear();
        eldestFirst.clear();
        bytes = 0;
    }

    private void forget(Place place) {
        NavigableMap<Long, byte[]> pieces = logs.get(place.log());
        byte[] gone = pieces == null ? null : pieces.remove(place.start());
        bytes -= gone == null ? 0 : gone.length;
        if (pieces != null && pieces.isEmpty()) {
            logs.remove(place.log());
        }
    }

    /** The bytes from one offset up to another, frame not counted; absent unless all of them are here. */
    Optional<byte[]> find(String log, long from, long to) {
        List<Slice> slices = slices(log, from, to);
        if (slices.isEmpty()) {
            return Optional.empty();
        }
        ByteArrayOutputStream found = new ByteArrayOutputStream((int) (to - from));
        slices.forEach(slice -> found.write(slice.piece(), slice.begin(), slice.end() - slice.begin()));
        return Optional.of(found.toByteArray());
    }

    @SuppressWarnings("ArrayRecordComponent")
    private record Slice(byte[] piece, int begin, int end) {}

    private synchronized List<Slice> slices(String log, long from, long to) {
        NavigableMap<Long, byte[]> pieces = logs.get(log);
        List<Slice> slices = new ArrayList<>();
        long at = from;
        while (at < to) {
            Map.Entry<Long, byte[]> entry = pieces == null ? null : pieces.floorEntry(at);
            if (entry == null || entry.getKey() + entry.getValue().length <= at) {
                return List.of();
            }
            long start = entry.getKey();
            int end = (int) Math.min(entry.getValue().length, to - start);
            slices.add(new Slice(entry.getValue(), (int) (at - start), end));
            at = start + end;
        }
        return slices;
    }
}
