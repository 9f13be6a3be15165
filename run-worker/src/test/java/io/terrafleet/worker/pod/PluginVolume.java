package io.terrafleet.worker.pod;

import io.terrafleet.testkit.TarGz;
import io.terrafleet.worker.release.Machine;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A claim with a provider on it, as a cluster's administrator fills one, and a configuration that needs the provider.
 *
 * @param directory of this machine, laid out as {@code terraform providers mirror} does
 * @param main the configuration's only file
 */
record PluginVolume(Path directory, String main) {
    static final String CLAIM = "providers";

    /** No registry can be reached, wherever the test runs: what leads to all of them leads nowhere. */
    static final Map<String, String> SETTINGS = Map.of(
            "terrafleet.worker.pod.plugin-volume",
            CLAIM,
            "terrafleet.worker.pod.environment",
            "HTTPS_PROXY=http://127.0.0.1:9,HTTP_PROXY=http://127.0.0.1:9");

    /** What the plan with {@link #withAws} says. */
    static final String PLANNED = "arn:aws:s3:::shop";

    static final String SMALL_BINARY = "terraform-provider-nothing_v1.0.0";

    private static final Path AWS = Path.of("registry.terraform.io", "hashicorp", "aws");

    /** The provider computes it: a cloud is not asked. */
    static PluginVolume withAws() {
        Optional<Path> found =
                places().filter(place -> Files.isDirectory(place.resolve(AWS))).findFirst();
        Assumptions.assumeTrue(
                found.isPresent(),
                "skipped: this machine has no directory with the AWS provider; TERRAFLEET_PROVIDER_MIRROR may name one");
        return new PluginVolume(
                found.orElseThrow(),
                """
                                terraform {
                                  required_providers {
                                    aws = { source = "hashicorp/aws" }
                                  }
                                }
                                output "bucket" {
                                  value = provider::aws::arn_build("aws", "s3", "", "", "shop")
                                }
                                """);
    }

    /** A provider from a registry that nobody has, and that cannot be started either. */
    static PluginVolume small(Path directory) throws IOException {
        Path place = Files.createDirectories(
                directory.resolve("registry.invalid/acme/nothing/1.0.0").resolve(Machine.platform()));
        Files.createFile(
                place.resolve(SMALL_BINARY),
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        return new PluginVolume(
                directory,
                """
                                terraform {
                                  required_providers {
                                    nothing = { source = "registry.invalid/acme/nothing" }
                                  }
                                }
                                resource "terraform_data" "a" { input = "x" }
                                """);
    }

    byte[] configuration() {
        return TarGz.of(Map.of("main.tf", main));
    }

    private static Stream<Path> places() {
        String named = System.getenv("TERRAFLEET_PROVIDER_MIRROR");
        if (named != null) {
            return Stream.of(Path.of(named));
        }
        Path usual = Path.of("/opt");
        if (!Files.isDirectory(usual)) {
            return Stream.empty();
        }
        try (Stream<Path> children = Files.list(usual)) {
            return children.sorted().toList().stream();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
