package io.terrafleet.standalone.demo;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.function.Consumer;
import java.util.function.LongFunction;

/** Reads the log of a plan or an apply by offset as it grows, and tells whole lines. */
final class LogTail {
    private static final int START = 0x02;
    private static final int END = 0x03;

    private final LongFunction<byte[]> from;
    private final Consumer<String> lines;
    private final ByteArrayOutputStream unfinished = new ByteArrayOutputStream();
    private long offset;
    private boolean ended;

    /** @param from the bytes from an offset on, some or none */
    LogTail(LongFunction<byte[]> from, Consumer<String> lines) {
        this.from = from;
        this.lines = lines;
    }

    /** Everything that is new. */
    void read() {
        while (!ended) {
            byte[] piece = from.apply(offset);
            if (piece.length == 0) {
                return;
            }
            offset += piece.length;
            for (byte each : piece) {
                take(each);
            }
        }
    }

    long bytes() {
        return offset;
    }

    boolean ended() {
        return ended;
    }

    private void take(byte each) {
        switch (each) {
            case START -> {}
            case END -> {
                flush();
                ended = true;
            }
            case '\n' -> lines.accept(taken());
            default -> unfinished.write(each);
        }
    }

    private void flush() {
        if (unfinished.size() > 0) {
            lines.accept(taken());
        }
    }

    private String taken() {
        String line = unfinished.toString(StandardCharsets.UTF_8);
        unfinished.reset();
        return line;
    }
}
