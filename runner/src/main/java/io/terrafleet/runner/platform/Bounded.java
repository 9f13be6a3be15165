package io.terrafleet.runner.platform;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;

/** Refuses to grow beyond a number of bytes. */
final class Bounded extends FilterOutputStream {
    private final long most;
    private final String what;
    private long written;

    Bounded(OutputStream out, long most, String what) {
        super(out);
        this.most = most;
        this.what = what;
    }

    @Override
    public void write(byte[] bytes, int offset, int length) throws IOException {
        grow(length);
        out.write(bytes, offset, length);
    }

    @Override
    public void write(int value) throws IOException {
        grow(1);
        out.write(value);
    }

    private void grow(long length) throws IOException {
        written += length;
        if (written > most) {
            throw new IOException(what + " is larger than " + most + " bytes");
        }
    }
}
