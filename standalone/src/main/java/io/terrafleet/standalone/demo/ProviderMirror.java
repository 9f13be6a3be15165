package io.terrafleet.standalone.demo;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/** Where this machine keeps Terraform providers as {@code terraform providers mirror} lays them out, if it does. */
public final class ProviderMirror {
    private static final Path AWS = Path.of("registry.terraform.io", "hashicorp", "aws");

    private ProviderMirror() {}

    /** The first of the usual places, or of the one named in {@code TERRAFLEET_PROVIDER_MIRROR}, that has the AWS provider. */
    public static Optional<Path> withAws(Map<String, String> environment) {
        return places(environment).stream()
                .filter(place -> Files.isDirectory(place.resolve(AWS)))
                .findFirst();
    }

    private static List<Path> places(Map<String, String> environment) {
        String named = environment.get("TERRAFLEET_PROVIDER_MIRROR");
        if (named != null && !named.isBlank()) {
            return List.of(Path.of(named));
        }
        List<Path> places = new ArrayList<>();
        String home = environment.get("HOME");
        if (home != null) {
            places.add(Path.of(home, ".terraform.d", "plugins"));
        }
        places.add(Path.of("/usr/local/share/terraform/plugins"));
        places.addAll(below(Path.of("/opt")));
        return places;
    }

    private static List<Path> below(Path directory) {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> children = Files.list(directory)) {
            return children.sorted().toList();
        } catch (IOException e) {
            throw new UncheckedIOException(directory + " cannot be listed", e);
        }
    }
}
