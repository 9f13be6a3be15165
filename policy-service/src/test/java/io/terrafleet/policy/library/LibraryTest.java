package io.terrafleet.policy.library;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.rego.RegoModule;
import io.terrafleet.rego.RegoTests;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The library's own unit tests, written in Rego beside the rules. */
class LibraryTest {

    @Test
    void passesItsUnitTests() throws Exception {
        List<RegoModule> modules = new ArrayList<>();
        for (Path file : files()) {
            modules.add(RegoModule.parse(file.getFileName().toString(), Files.readString(file)));
        }

        List<RegoTests.Result> results = RegoTests.run(modules);

        assertThat(results).hasSizeGreaterThan(30);
        assertThat(results).filteredOn(result -> !result.passed()).isEmpty();
    }

    @Test
    void shipsEveryModuleAndDescribesEveryRule() throws Exception {
        long written = files().stream()
                .filter(file -> !file.toString().endsWith("_test.rego"))
                .count();

        assertThat(Library.modules()).hasSize((int) written);
        assertThat(Library.modules())
                .allSatisfy(module -> assertThat(module.annotations()).isNotEmpty());
        assertThat(new Library().policies().rules())
                .containsAll(Library.RULES.stream().map(Library::query).toList());
    }

    private static List<Path> files() throws IOException, URISyntaxException {
        Path directory = Path.of(Objects.requireNonNull(LibraryTest.class.getResource("/library"))
                .toURI());
        try (Stream<Path> tree = Files.walk(directory)) {
            return tree.filter(file -> file.toString().endsWith(".rego"))
                    .sorted()
                    .toList();
        }
    }
}
