package io.terrafleet.runner.identity;

import io.terrafleet.contracts.runner.Claim;
import io.terrafleet.contracts.runner.IdentityToken;
import io.terrafleet.runner.JobDirectory;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * By what names a run's terraform knows this platform, to read modules, providers and the states of other workspaces with the run's token:
 * the address that people use, the one that the runner uses, and {@value #GENERIC}, by which a configuration says "wherever I run"
 * (https://developer.hashicorp.com/terraform/enterprise/registry/using#generic-hostname). Terraform finds services over HTTPS only and takes no token for a host
 * with a port from the environment; so it gets all that by a CLI configuration, behind what the worker's says.
 */
public final class HostCredentials {
    /** Of the tokens of a claim, the one for this platform; its audience is the public address. */
    public static final String KIND = "registry";

    private static final String GENERIC = "localterraform.com";
    private static final String CONFIGURATION = "TF_CLI_CONFIG_FILE";

    private HostCredentials() {}

    /**
     * @param directory made already when there is a token
     * @param environment terraform's; names the new configuration afterwards
     */
    public static void layOut(Claim claim, URI api, Path directory, Map<String, String> environment)
            throws IOException {
        Optional<IdentityToken> token = claim.identity().stream()
                .filter(identity -> identity.kind().equals(KIND))
                .findFirst();
        if (token.isEmpty()) {
            return;
        }
        String configured = environment.get(CONFIGURATION);
        StringBuilder content = new StringBuilder(
                configured == null ? "" : Files.readString(Path.of(configured), StandardCharsets.UTF_8) + "\n");
        String given = content.toString();
        hosts(api, token.get().audience()).forEach((host, services) -> {
            if (!given.contains("credentials \"" + host + "\"")) {
                content.append(credentials(host, token.get().token()));
            }
            if (!given.contains("host \"" + host + "\"")) {
                services.ifPresent(at -> content.append(services(host, at)));
            }
        });
        Path file = directory.resolve("terraform.rc");
        JobDirectory.writePrivately(file, content.toString().getBytes(StandardCharsets.UTF_8));
        environment.put(CONFIGURATION, file.toString());
    }

    /** What each name stands for; nothing where terraform finds that out. */
    private static Map<String, Optional<URI>> hosts(URI api, String publicAddress) {
        Map<String, Optional<URI>> hosts = new LinkedHashMap<>();
        hosts.put(GENERIC, Optional.of(api));
        name(api).ifPresent(name -> hosts.put(name, unfindable(api)));
        if (!publicAddress.isEmpty()) {
            URI url = URI.create(publicAddress);
            name(url).ifPresent(name -> hosts.putIfAbsent(name, unfindable(url)));
        }
        return hosts;
    }

    /** As terraform writes it: without the port of HTTPS. Empty for an address in brackets, which terraform has no word for. */
    private static Optional<String> name(URI url) {
        boolean usual = url.getPort() == -1 || url.getPort() == 443;
        return Optional.ofNullable(url.getHost())
                .filter(host -> !host.startsWith("["))
                .map(host -> host.toLowerCase(Locale.ROOT) + (usual ? "" : ":" + url.getPort()));
    }

    private static Optional<URI> unfindable(URI url) {
        return "http".equals(url.getScheme()) ? Optional.of(url) : Optional.empty();
    }

    private static String credentials(String host, String token) {
        return "credentials \"" + host + "\" {\n  token = \"" + token + "\"\n}\n";
    }

    private static String services(String host, URI url) {
        String base = url.toString().replaceAll("/+$", "");
        return """
                host "%s" {
                  services = {
                    "tfe.v2"       = "%2$s/api/v2/"
                    "tfe.v2.1"     = "%2$s/api/v2/"
                    "tfe.v2.2"     = "%2$s/api/v2/"
                    "state.v2"     = "%2$s/api/v2/"
                    "modules.v1"   = "%2$s/api/registry/v1/modules/"
                    "providers.v1" = "%2$s/api/registry/v1/providers/"
                  }
                }
                """
                .formatted(host, base);
    }
}
