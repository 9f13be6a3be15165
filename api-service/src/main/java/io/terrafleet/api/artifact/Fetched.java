package io.terrafleet.api.artifact;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.Objects;
import java.util.function.Function;
import software.amazon.awssdk.core.ResponseInputStream;

/**
 * An object on its way from the store. Only the time that is waited for the store counts against the deadline, not that of a slow reader. A
 * store that breaks off is told by an exception that no cipher takes for an altered content.
 */
final class Fetched extends InputStream {
    private final ResponseInputStream<?> response;
    private final long mostNanos;
    private final Function<IOException, RuntimeException> broken;
    private long waited;
    private boolean ended;

    Fetched(ResponseInputStream<?> response, Duration within, Function<IOException, RuntimeException> broken) {
        this.response = response;
        this.mostNanos = within.toNanos();
        this.broken = broken;
    }

    @Override
    public int read() {
        byte[] one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] into, int offset, int length) {
        Objects.checkFromIndexSize(offset, length, into.length);
        long before = System.nanoTime();
        try {
            int read = response.read(into, offset, length);
            waited += System.nanoTime() - before;
            if (waited > mostNanos) {
                throw new IOException("it took longer than " + Duration.ofNanos(mostNanos));
            }
            ended |= read < 0;
            return read;
        } catch (IOException e) {
            response.abort();
            throw broken.apply(e);
        }
    }

    /** What was not read is not fetched. */
    @Override
    public void close() throws IOException {
        if (ended) {
            response.close();
        } else {
            response.abort();
        }
    }
}
