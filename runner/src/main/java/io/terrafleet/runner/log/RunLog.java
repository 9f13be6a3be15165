package io.terrafleet.runner.log;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.function.LongConsumer;

/**
 * The log of a phase as people will read it: everything passes the mask, is kept in a file and cut beyond a limit. Safe for use by
 * several threads.
 */
public final class RunLog implements Closeable {
    private final OutputStream file;
    private final Mask mask;
    private final long most;
    private final LongConsumer whenGrown;
    private long length;
    private boolean cut;

    /**
     * Goes on at the end of what the file has.
     *
     * @param most bytes; the rest is dropped and a line says so
     * @param whenGrown is told the file's new length
     */
    public RunLog(Path file, Mask mask, long most, LongConsumer whenGrown) throws IOException {
        this.file = Files.newOutputStream(file, StandardOpenOption.CREATE, StandardOpenOption.APPEND);
        this.length = Files.size(file);
        this.mask = mask;
        this.most = most;
        this.whenGrown = whenGrown;
    }

    public void line(String text) throws IOException {
        write((text + "\n").getBytes(StandardCharsets.UTF_8));
    }

    public synchronized void write(byte[] chunk) throws IOException {
        append(mask.pass(chunk));
    }

    /** Shows what the mask held back; at the end of a command's output. */
    public synchronized void flush() throws IOException {
        append(mask.rest());
    }

    private void append(byte[] shown) throws IOException {
        if (cut || shown.length == 0) {
            return;
        }
        byte[] fitting = shown;
        if (length + shown.length > most) {
            cut = true;
            String notice = "\n… the log is cut here: more than " + most + " bytes\n";
            fitting = notice.getBytes(StandardCharsets.UTF_8);
        }
        file.write(fitting);
        length += fitting.length;
        whenGrown.accept(length);
    }

    @Override
    public synchronized void close() throws IOException {
        flush();
        file.close();
    }
}
