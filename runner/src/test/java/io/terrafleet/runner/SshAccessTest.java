package io.terrafleet.runner;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.terrafleet.contracts.JobId;
import io.terrafleet.contracts.runner.Claim;
import io.terrafleet.testkit.FakePlatform;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SshAccessTest {
    private static final JobId JOB = JobId.of("run-aaaaaaaaaaaaaaaa-plan-1");
    private static final String KEY = "not a key, but as secret as one\n";

    @TempDir
    Path temporary;

    /** A blank and a quote in the path: git hands the command to a shell. */
    private JobDirectory directory() throws IOException {
        JobDirectory directory = new JobDirectory(temporary.resolve("it's a job"));
        directory.create();
        return directory;
    }

    static Claim claim(Optional<String> key) {
        Claim claim = FakePlatform.claim(JOB);
        return new Claim(
                claim.job(),
                claim.leaseToken(),
                claim.fence(),
                claim.heartbeatEvery(),
                claim.organization(),
                claim.workspaceName(),
                claim.engine(),
                claim.workingDirectory(),
                claim.options(),
                claim.variables(),
                claim.hasState(),
                claim.planSha256(),
                claim.timeout(),
                claim.coolOff(),
                claim.logLimitBytes(),
                claim.enclosed(),
                claim.identity(),
                key);
    }

    @Test
    void withoutAKeyNothingIsSetOrWritten() throws Exception {
        JobDirectory directory = directory();
        assertThat(SshAccess.grant(claim(Optional.empty()), directory)).isEmpty();
        assertThat(directory.sshKey()).doesNotExist();
    }

    @Test
    void theKeyIsInAFileThatOnlyItsOwnerReadsAndGoesWithTheJob() throws Exception {
        JobDirectory directory = directory();
        Map<String, String> environment = SshAccess.grant(claim(Optional.of(KEY)), directory);
        assertThat(environment).containsOnlyKeys("GIT_SSH_COMMAND");
        assertThat(directory.sshKey()).hasContent(KEY);
        assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(directory.sshKey())))
                .isEqualTo("rw-------");
        directory.clear(false);
        assertThat(directory.sshKey()).doesNotExist();
    }

    /** The real ssh says what it made of the command. */
    @Test
    void sshUsesThisKeyAndNoOther() throws Exception {
        assumeTrue(Files.isExecutable(Path.of("/usr/bin/ssh")), "ssh is not installed");
        JobDirectory directory = directory();
        String command = SshAccess.grant(claim(Optional.of(KEY)), directory).get("GIT_SSH_COMMAND");
        Process ssh = new ProcessBuilder("sh", "-c", command + " -G git.example.com")
                .redirectErrorStream(true)
                .start();
        String said = new String(ssh.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(ssh.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(said.lines())
                .contains(
                        "identityfile " + directory.sshKey(),
                        "identitiesonly yes",
                        "batchmode yes",
                        "stricthostkeychecking accept-new");
        assertThat(said).contains(directory.sshHosts().toString());
    }

    @Test
    void theKeyIsHiddenInTheLog() {
        Claim claim = claim(Optional.of("-----BEGIN X-----\nc2VjcmV0LWxpbmU\n-----END X-----\n"));
        assertThat(ClaimedPhase.maskOf(claim).hide("it says c2VjcmV0LWxpbmU here"))
                .doesNotContain("c2VjcmV0LWxpbmU");
    }
}
