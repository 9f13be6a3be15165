package io.terrafleet.runner.terraform;

import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

/**
 * Reads what a process writes to a file, as it is written. A file and not a pipe, because terraform must survive the death of its
 * runner: writing to a broken pipe would end it in the middle of an apply.
 */
public final class OutputTail implements Closeable {
    /** The watch tells at once; this is the safety net where a file system does not tell. */
    private static final long SAFETY_POLL_MILLIS = 200;

    private final FileChannel file;
    private final WatchService watch;
    private final ByteBuffer buffer = ByteBuffer.allocate(1 << 16);

    /** @param path an existing file */
    public OutputTail(Path path) throws IOException {
        this.file = FileChannel.open(path, StandardOpenOption.READ);
        this.watch = FileSystems.getDefault().newWatchService();
        Path directory = path.getParent();
        if (directory != null) {
            directory.register(watch, StandardWatchEventKinds.ENTRY_MODIFY);
        }
    }

    /** Hands over what is there and what comes, until {@code end} is complete and all is read. */
    public void follow(CompletableFuture<?> end, Terraform.Sink sink) throws IOException, InterruptedException {
        CompletableFuture<?> wake = end.whenComplete((value, failure) -> wake());
        while (!end.isDone()) {
            drain(sink);
            await();
        }
        drain(sink);
        wake.cancel(false);
    }

    /** Skips what an earlier reader has seen. */
    public void from(long offset) throws IOException {
        file.position(offset);
    }

    private void await() throws InterruptedException {
        try {
            WatchKey key = watch.poll(SAFETY_POLL_MILLIS, TimeUnit.MILLISECONDS);
            if (key != null) {
                key.pollEvents();
                key.reset();
            }
        } catch (ClosedWatchServiceException theProcessEnded) {
            // follow() sees it too
        }
    }

    private void wake() {
        try {
            watch.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private void drain(Terraform.Sink sink) throws IOException {
        while (file.read(buffer.clear()) > 0) {
            buffer.flip();
            byte[] chunk = new byte[buffer.remaining()];
            buffer.get(chunk);
            sink.accept(chunk);
        }
    }

    @Override
    public void close() throws IOException {
        watch.close();
        file.close();
    }
}
