package io.terrafleet.policy.library;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.event.Enforcement;
import io.terrafleet.contracts.event.PolicySetRef.PolicyRef;
import io.terrafleet.rego.RegoFormatter;
import io.terrafleet.rego.RegoModule;
import io.terrafleet.rego.RegoTests;
import io.terrafleet.rego.syntax.Language;
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

        assertThat(results).hasSizeGreaterThan(70);
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
                .containsAll(Library.all().stream().map(Library::query).toList());
    }

    @Test
    void isFormatted() throws Exception {
        for (Path file : files()) {
            String text = Files.readString(file);
            assertThat(RegoFormatter.format(file.toString(), text, Language.V1))
                    .as("%s; ./terrafleet rego fmt -w does it", file)
                    .isEqualTo(text);
        }
    }

    @Test
    void everyRuleSaysWhatItCovers() {
        assertThat(new Library().policies().rules())
                .containsAll(Library.all().stream().map(Library::covers).toList());
    }

    @Test
    void turnsOptionalRulesOnByTheirNames() throws Exception {
        var names = Json.mapper().readTree("[\"public_buckets\"]");
        var levels = Json.mapper().readTree("{\"destroy_guard\": \"advisory\"}");

        assertThat(Library.turnedOn(names)).singleElement().satisfies(rule -> {
            assertThat(rule.query()).isEqualTo("data.terrafleet.public_buckets.deny");
            assertThat(rule.enforcement()).isEqualTo(Enforcement.MANDATORY);
        });
        assertThat(Library.turnedOn(levels)).extracting(PolicyRef::enforcement).containsExactly(Enforcement.ADVISORY);
        assertThatThrownBy(() -> Library.turnedOn(Json.mapper().readTree("[\"nonsense\"]")))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("public_buckets");
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
