package io.terrafleet.api.vcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrafleet.api.vcs.Repositories.Bounds;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Fetches from a real git host what was really pushed to it. */
@SuppressWarnings("NullAway.Init")
class RepositoriesTest {
    private static final Bounds BOUNDS = new Bounds(1_000_000, 100);

    @TempDir
    static Path directory;

    static GitHost host;

    private final Repositories repositories = repositories(Duration.ofSeconds(20), 10_000_000, true, false);

    record Settings(
            Duration fetchWithin,
            long mostBytes,
            boolean allowPrivateAddresses,
            boolean allowFiles,
            Optional<Path> sshKnownHosts)
            implements VcsConfig {
        @Override
        public Duration burstWait() {
            return Duration.ZERO;
        }

        @Override
        public Duration lookEvery() {
            return Duration.ofMinutes(5);
        }

        @Override
        public Duration farewellEvery() {
            return Duration.ofSeconds(30);
        }

        @Override
        public Duration tryFor() {
            return Duration.ofHours(1);
        }

        @Override
        public String pullRequestPlans() {
            return "merge";
        }

        @Override
        public int mostWebhookBytes() {
            return 1_000_000;
        }

        @Override
        public Duration deliveriesKept() {
            return Duration.ofDays(1);
        }
    }

    private static Repositories repositories(Duration within, long most, boolean allowPrivate, boolean allowFiles) {
        return new Repositories(new Settings(within, most, allowPrivate, allowFiles, Optional.empty()));
    }

    @BeforeAll
    static void start() throws Exception {
        host = new GitHost(directory);
    }

    @AfterAll
    static void stop() throws Exception {
        host.close();
    }

    private static Remote remote() {
        return new Remote(host.address(), Optional.of(GitHost.TOKEN), Optional.empty());
    }

    @Test
    void takesTheFilesOfTheNewestAndOfAPinnedCommit() throws Exception {
        String first = host.push("main", Map.of("rules/a.rego", "package a", "README.md", "# one"));
        assertThat(repositories.newest(remote(), "main")).isEqualTo(first);
        assertThat(repositories.newest(remote(), "")).isEqualTo(first);
        Snapshot whole = repositories.take(remote(), "", "", BOUNDS);
        String second = host.push("main", Map.of("rules/b.rego", "package b"));

        Snapshot rules = repositories.take(remote(), "main", "rules", BOUNDS);

        assertThat(whole.commit()).isEqualTo(first);
        assertThat(files(whole).get("README.md")).isEqualTo("# one");
        assertThat(files(whole).get("rules/a.rego")).isEqualTo("package a");
        assertThat(rules.commit()).isEqualTo(second);
        assertThat(files(rules)).containsOnlyKeys("a.rego", "b.rego");
        assertThat(files(repositories.take(remote(), second, "rules", BOUNDS))).containsOnlyKeys("a.rego", "b.rego");
    }

    @Test
    void whatIsNotThereIsTold() {
        host.push("main", Map.of("rules/a.rego", "package a\n"));

        refuses(() -> repositories.newest(remote(), "nope"), "no branch nope");
        refuses(() -> repositories.take(remote(), "main", "elsewhere", BOUNDS), "no files below elsewhere");
        refuses(
                () -> repositories.newest(
                        new Remote(
                                host.base().resolve("/acme/other.git"), Optional.of(GitHost.TOKEN), Optional.empty()),
                        ""),
                "no such repository");
        refuses(() -> repositories.newest(new Remote(host.address(), Optional.empty(), Optional.empty()), ""), "token");
        refuses(
                () -> repositories.newest(new Remote(host.address(), Optional.of("wrong"), Optional.empty()), ""),
                "token");
    }

    @Test
    void boundsHold() {
        host.push(
                "large",
                Map.of(
                        "noise.txt",
                        new java.util.Random(7)
                                .ints(200_000, 33, 126)
                                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                                .toString()));

        refuses(() -> repositories.take(remote(), "large", "", new Bounds(1_000, 100)), "more than");
        refuses(() -> repositories.take(remote(), "large", "", new Bounds(1_000_000, 0)), "more than 0 files");
        refuses(
                () -> repositories(Duration.ofSeconds(20), 50_000, true, false).take(remote(), "large", "", BOUNDS),
                "larger than may be fetched");
    }

    @Test
    void addressesAreJudged() {
        Repositories strict = repositories(Duration.ofSeconds(20), 10_000_000, false, false);
        refuses(() -> strict.newest(remote(), ""), "not on the public internet");
        refuses(() -> strict.newest(file(), ""), "not allowed");
        refuses(
                () -> strict.newest(
                        new Remote(URI.create("git://example.com/x"), Optional.empty(), Optional.empty()), ""),
                "must begin with https://");
        refuses(
                () -> strict.newest(
                        new Remote(URI.create("https://a:b@example.com/x"), Optional.empty(), Optional.empty()), ""),
                "no user or password");
    }

    @Test
    void aDirectoryOfThisMachineIsTakenWhereThatIsAllowed() throws Exception {
        String commit = host.push("main", Map.of("rules/a.rego", "package a\n\n"));
        Repositories open = repositories(Duration.ofSeconds(20), 10_000_000, false, true);

        assertThat(open.take(file(), "main", "", BOUNDS).commit()).isEqualTo(commit);
    }

    @Test
    void aHostThatSaysNothingIsGivenUp() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 5, InetAddress.getLoopbackAddress())) {
            Thread.ofVirtual().start(() -> {
                try (Socket held = silent.accept()) {
                    held.getInputStream().readAllBytes();
                } catch (IOException e) {
                    Thread.currentThread().interrupt();
                }
            });
            Remote remote = new Remote(
                    URI.create("http://localhost:" + silent.getLocalPort() + "/x.git"),
                    Optional.empty(),
                    Optional.empty());
            long start = System.nanoTime();
            refuses(
                    () -> repositories(Duration.ofMillis(500), 10_000_000, true, false)
                            .newest(remote, ""),
                    "not fetched within");
            assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
        }
    }

    @Test
    void overSshTheHostIsKnownByItsKeyAndTheCallerByHis() throws Exception {
        String commit = host.push("main", Map.of("rules/a.rego", "package a\n\n\n"));
        try (SshHost ssh = new SshHost(host.directory())) {
            Path known = Files.writeString(directory.resolve("known_hosts"), ssh.knownHosts());
            Path strange = Files.writeString(directory.resolve("strange_hosts"), "");
            Remote mine = new Remote(ssh.address(), Optional.empty(), Optional.of(ssh.privateKey()));
            Remote foreign = new Remote(ssh.address(), Optional.empty(), Optional.of(SshHost.anotherKey()));

            assertThat(overSsh(known).newest(mine, "main")).isEqualTo(commit);
            assertThat(files(overSsh(known).take(mine, "main", "rules", BOUNDS)))
                    .containsKey("a.rego");
            refuses(() -> overSsh(known).newest(foreign, "main"), "token");
            refuses(() -> overSsh(strange).newest(mine, "main"), "cannot be fetched");
            refuses(() -> repositories.newest(mine, "main"), "ssh-known-hosts is not set");
            refuses(
                    () -> overSsh(known)
                            .newest(new Remote(ssh.address(), Optional.empty(), Optional.of("no key")), "main"),
                    "SSH key");
        }
    }

    private static Repositories overSsh(Path knownHosts) {
        return new Repositories(new Settings(Duration.ofSeconds(20), 10_000_000, true, false, Optional.of(knownHosts)));
    }

    private static Remote file() {
        return new Remote(host.directory().toUri(), Optional.empty(), Optional.empty());
    }

    private interface Fetch {
        Object run() throws RepositoryRefused;
    }

    private static void refuses(Fetch fetch, String why) {
        assertThatThrownBy(fetch::run)
                .isInstanceOf(RepositoryRefused.class)
                .hasMessageContaining(why)
                .hasMessageNotContaining(GitHost.TOKEN);
    }

    private static Map<String, String> files(Snapshot snapshot) throws IOException {
        Map<String, String> files = new TreeMap<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(snapshot.archive()))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                files.put(entry.getName(), new String(tar.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }
}
