package io.terrafleet.runner.state;

import com.fasterxml.jackson.core.JsonParser;
import io.terrafleet.contracts.Json;
import io.terrafleet.runner.platform.Fenced;
import io.terrafleet.runner.platform.Lease;
import io.terrafleet.runner.platform.Platform;
import java.io.IOException;
import java.nio.file.ClosedWatchServiceException;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.StandardWatchEventKinds;
import java.nio.file.WatchKey;
import java.nio.file.WatchService;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * Ships the state file each time terraform has written it, so that a runner that is killed loses at most the last
 * {@value #SETTLE_MILLIS} ms. terraform writes in place: a snapshot that is not whole JSON is left for the next look.
 */
public final class StateShipper implements AutoCloseable {
    private static final long SETTLE_MILLIS = 100;

    private final Path file;
    private final Platform platform;
    private final Lease lease;
    private final ShippedNote note;
    private final Runnable whenFenced;
    private final WatchService watch;
    private final CountDownLatch closing = new CountDownLatch(1);
    private @Nullable Thread watcher;

    /**
     * @param file the state file; may not exist yet
     * @param note what the platform already has
     * @param whenFenced called when the platform has given this runner up
     */
    public StateShipper(Path file, Platform platform, Lease lease, ShippedNote note, Runnable whenFenced)
            throws IOException {
        this.file = file;
        this.platform = platform;
        this.lease = lease;
        this.note = note;
        this.whenFenced = whenFenced;
        this.watch = FileSystems.getDefault().newWatchService();
    }

    public void start() throws IOException {
        Path directory = file.getParent();
        if (directory == null) {
            throw new IOException(file + " has no directory");
        }
        directory.register(watch, StandardWatchEventKinds.ENTRY_CREATE, StandardWatchEventKinds.ENTRY_MODIFY);
        watcher = Thread.ofPlatform().daemon().name("state-shipper").start(this::watch);
    }

    private void watch() {
        try {
            while (true) {
                WatchKey key = watch.take();
                if (closing.await(SETTLE_MILLIS, TimeUnit.MILLISECONDS)) {
                    return;
                }
                key.pollEvents();
                key.reset();
                tryToShip();
            }
        } catch (ClosedWatchServiceException end) {
            // close() ends the watch; the last snapshot is shipped by finish()
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        } catch (Fenced e) {
            whenFenced.run();
        }
    }

    /** A snapshot that does not get through is no loss yet: a later one or {@link #finish} brings it. */
    private void tryToShip() throws Fenced {
        try {
            ship(file);
        } catch (IOException e) {
            System.err.println("a state snapshot was not accepted, it is tried again: " + e.getMessage());
        }
    }

    /**
     * The end of the state.
     *
     * @param trouble why not everything was accepted
     * @param rest what the platform does not have and this shipper has not sent: it is to go with the last word
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record Ending(Optional<String> trouble, Optional<byte[]> rest) {}

    /**
     * Ships what the platform does not have yet, at the end. Where terraform left an errored state, that one is the
     * newest and decides.
     *
     * @param errored where terraform leaves a state that it could not write
     * @return why not everything was accepted
     */
    public Optional<String> finish(Path errored) throws Fenced, InterruptedException {
        close();
        return shippedAll(errored);
    }

    /** The same; but a small state that terraform has written whole is given back instead of sent. */
    public Ending finishButFor(Path errored, int mostBytes) throws Fenced, InterruptedException {
        close();
        Optional<byte[]> rest = Files.exists(errored) ? Optional.empty() : small(mostBytes);
        return rest.isPresent() ? new Ending(Optional.empty(), rest) : new Ending(shippedAll(errored), rest);
    }

    private Optional<String> shippedAll(Path errored) throws Fenced {
        Optional<String> trouble = shipped(file);
        Optional<String> ofErrored = shipped(errored);
        return Files.exists(errored) ? ofErrored : trouble;
    }

    private Optional<byte[]> small(int mostBytes) {
        try {
            if (!Files.exists(file) || Files.size(file) > mostBytes) {
                return Optional.empty();
            }
            byte[] state = Files.readAllBytes(file);
            return note.has(state) || !isWhole(state) ? Optional.empty() : Optional.of(state);
        } catch (IOException e) {
            // Then it is tried, and told, like any other.
            return Optional.empty();
        }
    }

    private Optional<String> shipped(Path path) throws Fenced {
        try {
            ship(path);
            return Optional.empty();
        } catch (IOException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }

    private synchronized void ship(Path path) throws IOException, Fenced {
        byte[] state;
        try {
            state = Files.readAllBytes(path);
        } catch (NoSuchFileException nothingYet) {
            return;
        }
        if (note.has(state)) {
            return;
        }
        if (!isWhole(state)) {
            throw new IOException(path.getFileName() + " is not whole");
        }
        platform.sendState(lease, state);
        note.put(state);
    }

    private static boolean isWhole(byte[] state) {
        try (JsonParser parser = Json.mapper().createParser(state)) {
            long tokens = 0;
            while (parser.nextToken() != null) {
                tokens++;
            }
            return tokens > 0;
        } catch (IOException e) {
            return false;
        }
    }

    @Override
    public void close() throws InterruptedException {
        closing.countDown();
        try {
            watch.close();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
        Thread running = watcher;
        if (running != null) {
            running.join();
        }
    }
}
