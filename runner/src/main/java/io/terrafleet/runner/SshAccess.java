package io.terrafleet.runner;

import io.terrafleet.contracts.runner.Claim;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Lets git fetch modules with the workspace's private key: in a file of the job that only its owner reads, and no other key. */
final class SshAccess {
    private SshAccess() {}

    /** @return what terraform's environment needs besides; empty when the workspace has no key */
    static Map<String, String> grant(Claim claim, JobDirectory directory) throws IOException {
        if (claim.sshKey().isEmpty()) {
            return Map.of();
        }
        JobDirectory.writePrivately(directory.sshKey(), claim.sshKey().get().getBytes(StandardCharsets.UTF_8));
        return Map.of(
                "GIT_SSH_COMMAND",
                "ssh -F /dev/null -i "
                        + quoted(directory.sshKey().toAbsolutePath().toString())
                        + " -o IdentitiesOnly=yes -o IdentityAgent=none -o BatchMode=yes"
                        + " -o StrictHostKeyChecking=accept-new -o "
                        + quoted("UserKnownHostsFile=\"" + directory.sshHosts().toAbsolutePath() + "\""));
    }

    /** git hands the command to a shell. */
    private static String quoted(String text) {
        return "'" + text.replace("'", "'\\''") + "'";
    }
}
