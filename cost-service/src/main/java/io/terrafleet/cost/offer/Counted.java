package io.terrafleet.cost.offer;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.LongConsumer;

/** Tells how many bytes went through, every few megabytes. */
final class Counted extends FilterInputStream {
    private static final long STEP = 16_777_216;

    private final LongConsumer progress;
    private long count;
    private long told;

    Counted(InputStream in, LongConsumer progress) {
        super(in);
        this.progress = progress;
    }

    @Override
    public int read() throws IOException {
        int next = super.read();
        count(next < 0 ? 0 : 1);
        return next;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        int read = super.read(bytes, offset, length);
        count(Math.max(0, read));
        return read;
    }

    private void count(int bytes) {
        count += bytes;
        if (count - told >= STEP) {
            told = count;
            progress.accept(count);
        }
    }
}
