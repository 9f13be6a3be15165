package io.terrafleet.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.terrafleet.runner.terraform.ChildEnvironment;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Modules come from git by https and by ssh, under the environment that terraform gets: here with this machine's git, and inside the runner's
 * image, where podman is and TERRAFLEET_RUNNER_IMAGE names one.
 */
@SuppressWarnings("NullAway.Init")
class CloneIT {
    @TempDir
    Path directory;

    private GitHosts hosts;

    @BeforeEach
    void open() throws Exception {
        assumeTrue(
                Stream.of("git", "ssh", "ssh-keygen").allMatch(tool -> Files.isExecutable(Path.of("/usr/bin", tool))),
                "skipped: git or ssh absent");
        hosts = new GitHosts(directory.toRealPath());
    }

    @AfterEach
    void close() throws IOException {
        if (hosts != null) {
            hosts.close();
        }
    }

    private Map<String, String> environment() throws IOException {
        JobDirectory job = new JobDirectory(directory.resolve("it's a job"));
        job.create();
        var claim = SshAccessTest.claim(Optional.of(hosts.privateKey()));
        Map<String, String> environment = ChildEnvironment.of(
                Map.of(
                        "PATH", System.getenv("PATH"),
                        "HOME", directory.toString(),
                        "GIT_SSL_CAINFO", hosts.authority().toString()),
                List.of(),
                claim,
                Optional.empty());
        environment.putAll(SshAccess.grant(claim, job));
        return environment;
    }

    private void cloned(String url, Map<String, String> environment) throws IOException, InterruptedException {
        Path into = Files.createTempDirectory(directory, "clone").resolve("repo");
        ProcessBuilder builder =
                new ProcessBuilder("git", "clone", "-q", url, into.toString()).redirectErrorStream(true);
        builder.environment().clear();
        builder.environment().putAll(environment);
        Process process = builder.start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
        assertThat(process.exitValue()).as(said).isZero();
        assertThat(into.resolve("main.tf")).content().contains("cloned");
    }

    @Test
    void modulesAreClonedByHttpsAndBySsh() throws Exception {
        Map<String, String> environment = environment();

        cloned(hosts.httpsUrl(), environment);
        cloned(hosts.sshUrl(), environment);

        assertThat(hosts.commands()).singleElement().asString().contains("git-upload-pack");
        environment.remove("GIT_SSL_CAINFO");
        assertThatThrownBy(() -> cloned(hosts.httpsUrl(), environment)).hasMessageContaining("certificate");
    }

    /**
     * As a pod runs: a number for a user, a root that cannot be written, no capability. The runtime gives the number no name (containerd does
     * not): ssh starts only if the image does.
     */
    @Test
    void theImageClonesByHttpsAndBySsh() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/podman")), "skipped: podman absent");
        String image = System.getenv("TERRAFLEET_RUNNER_IMAGE");
        assumeTrue(image != null, "skipped: no image named in TERRAFLEET_RUNNER_IMAGE; k8s/images/build makes one");
        Path shared = Files.createDirectory(directory.resolve("shared"));
        Files.writeString(shared.resolve("key"), hosts.privateKey());
        Files.copy(hosts.authority(), shared.resolve("ca.pem"));
        List<String> line = new ArrayList<>(List.of("podman"));
        if (Files.isExecutable(Path.of("/usr/sbin/runc"))) {
            line.addAll(List.of("--runtime", "runc"));
        }
        line.addAll(List.of(
                "run",
                "--rm",
                "--passwd=false",
                "--network=host",
                "--read-only",
                "--tmpfs=/tmp",
                "--cap-drop=ALL",
                "--security-opt=no-new-privileges",
                "--user=65532:65532",
                "--ulimit=nofile=1024:1024",
                "--ulimit=nproc=4096:4096",
                "-v",
                shared + ":/in:ro",
                "--entrypoint=/bin/sh",
                String.valueOf(image),
                "-ec",
                """
                export HOME=/tmp GIT_SSL_CAINFO=/in/ca.pem
                (umask 077; cat /in/key >/tmp/key)
                export GIT_SSH_COMMAND='ssh -F /dev/null -i /tmp/key -o BatchMode=yes -o StrictHostKeyChecking=accept-new -o UserKnownHostsFile=/tmp/hosts'
                git clone -q %s /tmp/by-https
                git clone -q %s /tmp/by-ssh
                cat /tmp/by-https/main.tf /tmp/by-ssh/main.tf
                test -s /etc/ssl/certs/ca-certificates.crt && echo authorities
                """
                        .formatted(hosts.httpsUrl(), hosts.sshUrl())));

        String said = GitHosts.run(line.toArray(String[]::new));

        assertThat(said).contains("authorities").containsPattern("(?s)cloned.*cloned");
    }
}
