package io.terrafleet.worker.pod;

import io.terrafleet.testkit.TarGz;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Assumptions;

/**
 * A claim with a provider on it, as a cluster's administrator fills one, and a configuration that needs the provider to be planned.
 *
 * @param directory of this machine, laid out as {@code terraform providers mirror} does
 */
record PluginVolume(Path directory) {
    static final String CLAIM = "providers";

    /** No registry can be reached, wherever the test runs: what leads to all of them leads nowhere. */
    static final Map<String, String> SETTINGS = Map.of(
            "terrafleet.worker.pod.plugin-volume",
            CLAIM,
            "terrafleet.worker.pod.environment",
            "HTTPS_PROXY=http://127.0.0.1:9,HTTP_PROXY=http://127.0.0.1:9",
            "terrafleet.worker.pod.memory-limit",
            "3Gi");

    /** The provider computes it: a cloud is not asked. */
    static final byte[] CONFIGURATION = TarGz.of(
            Map.of(
                    "main.tf",
                    """
                    terraform {
                      required_providers {
                        aws = { source = "hashicorp/aws" }
                      }
                    }
                    output "bucket" {
                      value = provider::aws::arn_build("aws", "s3", "", "", "shop")
                    }
                    """));

    static final String PLANNED = "arn:aws:s3:::shop";

    private static final Path AWS = Path.of("registry.terraform.io", "hashicorp", "aws");

    static PluginVolume orSkip() {
        Optional<Path> found =
                places().filter(place -> Files.isDirectory(place.resolve(AWS))).findFirst();
        Assumptions.assumeTrue(
                found.isPresent(),
                "skipped: this machine has no directory with the AWS provider; TERRAFLEET_PROVIDER_MIRROR may name one");
        return new PluginVolume(found.orElseThrow());
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
