package io.terrafleet.api.module;

import io.terrafleet.testkit.Terraform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;

/** The real terraform, told where our registry is by a {@code host} block, since the tests speak plain HTTP and a module's host needs a dot. */
public final class RegistryHost {
    private final Path home;
    private final String host;

    private RegistryHost(Path home, String host) {
        this.home = home;
        this.host = host;
    }

    /** What one call of terraform printed. */
    public record Said(int exitCode, String output) {}

    public static RegistryHost of(Path home, int port, String token) throws IOException {
        String host = "registry.example.com";
        String api = "localhost:" + port;
        Files.writeString(
                home.resolve("terraform.rc"),
                """
                host "%s" {
                  services = {
                    "modules.v1"   = "http://%s/api/registry/v1/modules/"
                    "providers.v1" = "http://%s/api/registry/v1/providers/"
                  }
                }
                credentials "%s" {
                  token = "%s"
                }
                provider_installation {
                  direct {}
                }
                """
                        .formatted(host, api, api, host, token));
        return new RegistryHost(home, host);
    }

    public String host() {
        return host;
    }

    public Said init(String configuration) throws IOException, InterruptedException {
        Path directory = Files.createTempDirectory(home, "work");
        Files.writeString(directory.resolve("main.tf"), configuration);
        Path output = home.resolve(directory.getFileName() + ".txt");
        ProcessBuilder builder = new ProcessBuilder(
                        Terraform.orSkip().toString(), "init", "-input=false", "-no-color", "-backend=false")
                .directory(directory.toFile())
                .redirectErrorStream(true)
                .redirectOutput(output.toFile());
        builder.environment()
                .put("TF_CLI_CONFIG_FILE", home.resolve("terraform.rc").toString());
        builder.environment().put("CHECKPOINT_DISABLE", "1");
        builder.environment().keySet().removeIf(name -> name.startsWith("TF_TOKEN_"));
        Process process = builder.start();
        if (!process.waitFor(60, TimeUnit.SECONDS)) {
            process.destroyForcibly();
        }
        return new Said(process.waitFor(), Files.readString(output));
    }
}
