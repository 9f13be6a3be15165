package io.terrafleet.runner.identity;

import io.terrafleet.contracts.runner.Claim;
import io.terrafleet.contracts.runner.IdentityToken;
import io.terrafleet.runner.JobDirectory;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/**
 * Terraform takes no token for a host with a port from the environment, so it gets the run's from a CLI configuration: what the worker's
 * says, and the token.
 */
public final class HostCredentials {
    private static final String CONFIGURATION = "TF_CLI_CONFIG_FILE";

    private HostCredentials() {}

    /**
     * @param directory made already when there is a token
     * @param environment terraform's; names the new configuration afterwards
     */
    public static void layOut(Claim claim, URI api, Path directory, Map<String, String> environment)
            throws IOException {
        Optional<IdentityToken> token = claim.identity().stream()
                .filter(identity -> identity.kind().equals("registry"))
                .findFirst();
        if (token.isEmpty() || api.getPort() == -1 || api.getHost() == null) {
            return;
        }
        String configured = environment.get(CONFIGURATION);
        String given = configured == null ? "" : Files.readString(Path.of(configured), StandardCharsets.UTF_8);
        String block = "credentials \"" + api.getHost() + ":" + api.getPort() + "\" {";
        if (given.contains(block)) {
            return;
        }
        Path file = directory.resolve("terraform.rc");
        String content = given + "\n" + block + "\n  token = \"" + token.get().token() + "\"\n}\n";
        JobDirectory.writePrivately(file, content.getBytes(StandardCharsets.UTF_8));
        environment.put(CONFIGURATION, file.toString());
    }
}
