package io.terrafleet.standalone.bench;

import io.terrafleet.standalone.platform.PlatformUnusable;
import java.net.URI;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.zip.CRC32;

/** Follows a log as terraform's own client does: pieces of 64 KiB by offset, and a rest when there is nothing new. */
final class LogReader implements Callable<LogReader.Heard> {
    private static final int LIMIT = 65_536;
    private static final byte STX = 2;
    private static final byte ETX = 3;
    private static final long PATIENCE_NANOS = TimeUnit.MINUTES.toNanos(10);

    private final URI platform;
    private final String path;
    private final long[] marks;
    private final long restMillis;
    private final CRC32 sum = new CRC32();

    /**
     * @param path of the log's signed address
     * @param marks offsets, growing, of which it is noted when everything before them has come
     */
    LogReader(URI platform, String path, long[] marks, long restMillis) {
        this.platform = platform;
        this.path = path;
        this.marks = marks.clone();
        this.restMillis = restMillis;
    }

    /**
     * @param nanos when each mark was reached, as {@link System#nanoTime} counts
     * @param bytes of text, frame not counted
     * @param sum CRC-32 of the text
     */
    @SuppressWarnings("ArrayRecordComponent")
    record Heard(long[] nanos, long bytes, long sum) {}

    @Override
    public Heard call() throws InterruptedException {
        long[] nanos = new long[marks.length];
        long begin = System.nanoTime();
        int reached = 0;
        long offset = 0;
        boolean ended = false;
        try (Wire wire = new Wire(platform)) {
            while (!ended) {
                byte[] piece = wire.read(path + "?limit=" + LIMIT + "&offset=" + offset);
                ended = take(piece, offset);
                offset += piece.length;
                while (reached < marks.length && offset > marks[reached]) {
                    nanos[reached++] = System.nanoTime();
                }
                if (piece.length == 0) {
                    rest(begin);
                }
            }
        }
        return new Heard(nanos, offset - 2, sum.getValue());
    }

    /** @return whether the log ends here */
    private boolean take(byte[] piece, long offset) {
        if (piece.length == 0) {
            return false;
        }
        int begin = offset == 0 && piece[0] == STX ? 1 : 0;
        boolean last = piece[piece.length - 1] == ETX;
        sum.update(piece, begin, piece.length - begin - (last ? 1 : 0));
        return last;
    }

    private void rest(long begin) throws InterruptedException {
        if (System.nanoTime() - begin > PATIENCE_NANOS) {
            throw new PlatformUnusable("the log has no end after 10 minutes");
        }
        TimeUnit.MILLISECONDS.sleep(restMillis);
    }
}
