package io.terrafleet.standalone.platform;

import io.quarkus.runtime.Quarkus;
import io.terrafleet.standalone.Wiring;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/**
 * Starts broker and database in parallel, then the four services in this JVM, runs a task, and stops all in the opposite order:
 * when the task returns, on Ctrl-C and on SIGTERM.
 */
public final class Platform {
    /** Longer than the worker waits for interrupted applies to report. */
    private static final Duration LONGEST_STOP = Duration.ofSeconds(75);

    private final PlatformSettings settings;
    private final long begin = System.nanoTime();

    public Platform(PlatformSettings settings) {
        this.settings = settings;
    }

    /**
     * Returns when everything has stopped.
     *
     * @return the task's exit code, or 1 when the services did not start
     * @throws PlatformUnusable when the port is taken, the data is in use or broker or database do not start
     */
    public int run(PlatformTask task) {
        int port = freePort();
        try (DataDirectory data = DataDirectory.open(settings.data())) {
            Servers servers = start(data);
            CountDownLatch done = new CountDownLatch(1);
            Runtime.getRuntime().addShutdownHook(new Thread(() -> closeAfter(done, servers), "stop-servers"));
            try {
                return runServices(data, servers, port, task);
            } finally {
                servers.close();
                done.countDown();
            }
        }
    }

    private int runServices(DataDirectory data, Servers servers, int port, PlatformTask task) {
        Optional<String> token = adminToken(data);
        Optional<Tls> tls = tls(data);
        URI local = URI.create(tls.map(found -> "https://" + found.host()).orElse("http://localhost") + ":" + port);
        URI url = settings.reach().url().orElse(local);
        tls.map(Tls::trustStore).ifPresent(Platform::trust);
        PlatformConfiguration.of(settings, data, servers, local, tls, token).forEach(System::setProperty);
        PlatformApplication.willRun(() -> {
            boolean isNew = token.isPresent() && settings.adminToken().isEmpty();
            if (token.isPresent()) {
                data.markAdminTokenTold();
            }
            int code = task.with(new RunningPlatform(
                    url,
                    tls.flatMap(Tls::authority),
                    token,
                    isNew,
                    data.path(),
                    PlatformConfiguration.log(data),
                    servers.database(),
                    Duration.ofNanos(System.nanoTime() - begin)));
            servers.loss().settled();
            return code;
        });
        AtomicInteger exitCode = new AtomicInteger(1);
        AtomicReference<@Nullable Throwable> failure = new AtomicReference<>();
        Quarkus.run(PlatformApplication.class, (code, cause) -> {
            exitCode.set(code);
            failure.set(cause);
        });
        Throwable cause = failure.get();
        if (cause != null) {
            throw new PlatformUnusable(
                    "the platform stopped: " + deepest(cause) + "; more in " + PlatformConfiguration.log(data), cause);
        }
        return exitCode.get();
    }

    private Optional<Tls> tls(DataDirectory data) {
        return switch (settings.reach().encryption()) {
            case Reach.Encryption.None none -> Optional.empty();
            case Reach.Encryption.OwnAuthority own -> Optional.of(Tls.own(LocalAuthority.in(data, names())));
            case Reach.Encryption.Given given -> Optional.of(Tls.given(given, data));
        };
    }

    /** What this machine is called by; {@code localhost} first. */
    private List<String> names() {
        Set<String> names = new LinkedHashSet<>(List.of("localhost", "127.0.0.1", "::1"));
        try {
            names.add(InetAddress.getLocalHost().getHostName());
        } catch (UnknownHostException e) {
            // It has no name of its own then; the others remain.
        }
        settings.reach().url().map(URI::getHost).ifPresent(names::add);
        if (!settings.host().startsWith("0.0.0.0") && !settings.host().equals("::")) {
            names.add(settings.host());
        }
        return List.copyOf(names);
    }

    /** For the clients of this JVM; the worker hands it on to its runners. */
    static void trust(Path store) {
        System.setProperty("javax.net.ssl.trustStore", store.toString());
        System.setProperty("javax.net.ssl.trustStorePassword", Tls.TRUST_PASSWORD);
    }

    private Servers start(DataDirectory data) {
        try {
            return Servers.start(data);
        } catch (IllegalStateException e) {
            throw new PlatformUnusable(deepest(e), e);
        }
    }

    /** A token that was told once is kept only as a hash, so a later start knows one only when it is preset. */
    private Optional<String> adminToken(DataDirectory data) {
        if (settings.adminToken().isPresent() || data.adminTokenTold()) {
            return settings.adminToken();
        }
        return Optional.of(Wiring.secret(10) + ".terrafleet." + Wiring.secret(36));
    }

    /** Quarkus' own hook stops the services on a signal; the main thread then closes the servers and is waited for here. */
    private static void closeAfter(CountDownLatch done, Servers servers) {
        try {
            if (!done.await(LONGEST_STOP.toSeconds(), TimeUnit.SECONDS)) {
                servers.close();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private int freePort() {
        try (ServerSocket socket = new ServerSocket()) {
            socket.setReuseAddress(true);
            socket.bind(new InetSocketAddress(settings.host(), settings.port()));
            return socket.getLocalPort();
        } catch (IOException e) {
            throw new PlatformUnusable(
                    "port " + settings.port() + " of " + settings.host() + " cannot be had (" + e.getMessage()
                            + "). Choose another with --port, or 0 for any that is free.",
                    e);
        }
    }

    /** The message of the first cause is the one that says what is wrong. */
    private static String deepest(Throwable failure) {
        Throwable cause = failure;
        for (int depth = 0; depth < 20; depth++) {
            Throwable next = cause.getCause();
            if (next == null) {
                break;
            }
            cause = next;
        }
        String message = cause.getMessage();
        return message == null ? cause.toString() : message;
    }
}
