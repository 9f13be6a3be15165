package io.terrafleet.api.vcs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrafleet.api.vcs.Repositories.Bounds;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import org.apache.commons.compress.archivers.tar.TarArchiveEntry;
import org.apache.commons.compress.archivers.tar.TarArchiveInputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Submodules that a real git host really serves. */
@SuppressWarnings("NullAway.Init")
class SubmodulesTest {
    private static final Bounds BOUNDS = new Bounds(1_000_000, 100);

    @TempDir
    Path directory;

    GitHost host;

    private final Repositories repositories = new Repositories(
            new RepositoriesTest.Settings(Duration.ofSeconds(20), 10_000_000, true, false, Optional.empty()));

    @BeforeEach
    void start() throws Exception {
        host = new GitHost(directory);
    }

    @AfterEach
    void stop() throws Exception {
        host.close();
    }

    @Test
    void areTakenAlongAtTheirCommitsAndOnlyWhereTheyAreWanted() throws Exception {
        String deep = host.submodule("acme/deep", "unused", "../deep.git", "deep.rego", "package deep");
        String first = host.submodule(
                "acme/lib", "rules/lib", "../lib.git", "lib.rego", "package lib", "deep", "../deep.git", deep);
        String commit = host.push("main", Map.of("rules/a.rego", "package a"));
        host.submodule("acme/lib", "other", host.base() + "/acme/lib.git", "lib.rego", "package newer");

        Snapshot whole = take("", true);

        assertThat(whole.commit()).isEqualTo(commit);
        assertThat(first).isNotEqualTo(commit);
        assertThat(files(whole))
                .containsEntry("rules/lib/lib.rego", "package lib")
                .containsEntry("rules/lib/deep/deep.rego", "package deep")
                .containsEntry("unused/deep.rego", "package deep");
        assertThat(files(take("rules", true)))
                .containsOnlyKeys("a.rego", "lib/lib.rego", "lib/.gitmodules", "lib/deep/deep.rego");
        assertThat(files(take("rules/lib", true))).containsOnlyKeys("lib.rego", ".gitmodules", "deep/deep.rego");
        assertThat(files(take("rules/lib/deep", true))).containsOnlyKeys("deep.rego");
        assertThat(files(take("rules", false))).containsOnlyKeys("a.rego");
    }

    /** The other host wants a token too, and would take this one: it is not shown it. */
    @Test
    void theTokenGoesToTheHostOfTheRepositoryOnly(@TempDir Path elsewhere) throws Exception {
        try (GitHost other = new GitHost(elsewhere)) {
            String commit = other.push("main", Map.of("lib.rego", "package lib"));
            host.submodule("acme/lib", "lib", other.address().toString(), "lib.rego", "package lib");
            host.push("main", Map.of("a.rego", "package a"));
            assertThat(commit).hasSize(40);

            refuses("its submodule lib: ");
        }
    }

    @Test
    void whatIsNotThereIsTold() throws Exception {
        host.submodule("acme/lib", "lib", "../gone.git", "lib.rego", "package lib");
        host.push("main", Map.of("a.rego", "package a"));

        refuses("its submodule lib: ");
    }

    @Test
    void countTowardsTheSameBounds() throws Exception {
        host.submodule("acme/lib", "lib", "../lib.git", "lib.rego", "package lib # " + "x".repeat(2_000));
        host.push("main", Map.of("a.rego", "package a"));

        assertThatThrownBy(() -> repositories.take(remote(), "main", "", true, new Bounds(1_000, 100)))
                .isInstanceOf(RepositoryRefused.class)
                .hasMessageContaining("more than");
    }

    private void refuses(String why) {
        assertThatThrownBy(() -> take("", true))
                .isInstanceOf(RepositoryRefused.class)
                .hasMessageContaining(why);
    }

    private Snapshot take(String path, boolean submodules) throws RepositoryRefused {
        return repositories.take(remote(), "main", path, submodules, BOUNDS);
    }

    private Remote remote() {
        return new Remote(host.address(), Optional.of(GitHost.TOKEN), Optional.empty());
    }

    private static Map<String, String> files(Snapshot snapshot) throws Exception {
        Map<String, String> files = new TreeMap<>();
        try (TarArchiveInputStream tar = new TarArchiveInputStream(new GZIPInputStream(snapshot.archive()))) {
            for (TarArchiveEntry entry = tar.getNextEntry(); entry != null; entry = tar.getNextEntry()) {
                files.put(entry.getName(), new String(tar.readAllBytes(), StandardCharsets.UTF_8));
            }
        }
        return files;
    }
}
