package io.terrafleet.api.vcs;

import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.concurrent.atomic.AtomicLong;

/** How many bytes one fetch may still transfer, over all its connections; nothing more once it was ended. */
final class Budget {
    private final AtomicLong left;

    Budget(long bytes) {
        this.left = new AtomicLong(bytes);
    }

    boolean spent() {
        return left.get() < 0;
    }

    void end() {
        left.set(-1);
    }

    InputStream bounded(InputStream stream) {
        return new FilterInputStream(stream) {
            @Override
            public int read() throws IOException {
                int read = super.read();
                spend(read < 0 ? 0 : 1);
                return read;
            }

            @Override
            public int read(byte[] buffer, int offset, int length) throws IOException {
                int read = super.read(buffer, offset, length);
                spend(Math.max(0, read));
                return read;
            }
        };
    }

    private void spend(int bytes) throws IOException {
        if (left.addAndGet(-bytes) < 0) {
            throw new IOException("more was sent than may be fetched");
        }
    }
}
