package io.terrafleet.runner.log;

import io.terrafleet.contracts.runner.LastWord.LogTail;
import io.terrafleet.runner.platform.Fenced;
import io.terrafleet.runner.platform.Lease;
import io.terrafleet.runner.platform.Platform;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Sends a growing file to the platform, by offset: gathered for {@value #GATHER_MILLIS} ms, at most {@value #MOST_BYTES} bytes at a
 * time. The platform says where it wants to go on, so a lost answer or a runner that took over sends nothing twice and leaves nothing
 * out. What is small and not sent yet when the end comes is left to the runner's last word.
 */
public final class LogShipper {
    private static final long GATHER_MILLIS = 200;
    private static final int MOST_BYTES = 65_536;
    private static final int MOST_STEPS_BACK = 20;

    private final Path file;
    private final Platform platform;
    private final Lease lease;
    private final Runnable whenFenced;
    private final CompletableFuture<Ending> ended = new CompletableFuture<>();
    private final CountDownLatch allThere = new CountDownLatch(1);
    private long length;
    private long sent;
    private boolean finishing;

    /**
     * @param length of the file so far
     * @param whenFenced called once when the platform has given this runner up
     */
    public LogShipper(Path file, long length, Platform platform, Lease lease, Runnable whenFenced) {
        this.file = file;
        this.length = length;
        this.platform = platform;
        this.lease = lease;
        this.whenFenced = whenFenced;
    }

    public void start() {
        Thread.ofPlatform().daemon().name("log-shipper").start(this::ship);
    }

    public synchronized void grew(long newLength) {
        length = newLength;
        notifyAll();
    }

    /**
     * How the sending ended.
     *
     * @param trouble what went wrong, if anything did
     * @param tail what is still to be sent
     */
    public record Ending(Optional<String> trouble, Optional<LogTail> tail) {
        private static Ending trouble(String what) {
            return new Ending(Optional.of(what), Optional.empty());
        }
    }

    /** Sends what is left, but for a tail that is small. */
    public Ending finish(Duration patience) throws InterruptedException {
        synchronized (this) {
            finishing = true;
            notifyAll();
        }
        allThere.countDown();
        try {
            return ended.get(patience.toMillis(), TimeUnit.MILLISECONDS);
        } catch (TimeoutException e) {
            return Ending.trouble("the log could not be sent within " + patience.toSeconds() + " s");
        } catch (ExecutionException e) {
            return Ending.trouble("the log could not be sent: " + e.getCause());
        }
    }

    private void ship() {
        try (FileChannel content = FileChannel.open(file, StandardOpenOption.READ)) {
            int stuck = 0;
            while (awaitMore()) {
                gather();
                if (onlyTheTailIsLeft()) {
                    break;
                }
                long before = sent;
                wanted(platform.sendLog(lease, before, read(content, before)));
                stuck = sent > before ? 0 : stuck + 1;
                if (stuck == MOST_STEPS_BACK) {
                    throw new IOException("the platform asks for byte " + sent + " again and again");
                }
            }
            ended.complete(new Ending(Optional.empty(), tail(content)));
        } catch (Fenced e) {
            ended.complete(Ending.trouble(String.valueOf(e.getMessage())));
            whenFenced.run();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            ended.complete(Ending.trouble("interrupted while the log was sent"));
        } catch (IOException | RuntimeException e) {
            ended.complete(Ending.trouble("the log could not be sent: " + e.getMessage()));
        }
    }

    /** Whether there is more to send; false once all is sent and no more will come. */
    private synchronized boolean awaitMore() throws InterruptedException {
        while (sent >= length && !finishing) {
            wait();
        }
        return sent < length;
    }

    private synchronized void wanted(long offset) {
        sent = Math.clamp(offset, 0, length);
    }

    /** Lets more come together, unless there is much already or all is there. */
    private void gather() throws InterruptedException {
        long pause = backlog() < MOST_BYTES ? GATHER_MILLIS : 0;
        allThere.await(pause, TimeUnit.MILLISECONDS);
    }

    private synchronized boolean onlyTheTailIsLeft() {
        return finishing && length - sent <= LogTail.MOST_BYTES;
    }

    private Optional<LogTail> tail(FileChannel content) throws IOException {
        long from = known() - backlog();
        return backlog() == 0 ? Optional.empty() : Optional.of(new LogTail(from, read(content, from)));
    }

    private synchronized long backlog() {
        return length - sent;
    }

    private synchronized long known() {
        return length;
    }

    private byte[] read(FileChannel content, long offset) throws IOException {
        ByteBuffer chunk = ByteBuffer.allocate((int) Math.min(MOST_BYTES, known() - offset));
        int read = 1;
        while (chunk.hasRemaining() && read > 0) {
            read = content.read(chunk, offset + chunk.position());
        }
        byte[] bytes = new byte[chunk.position()];
        chunk.flip().get(bytes);
        return bytes;
    }
}
