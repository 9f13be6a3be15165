package io.terrafleet.standalone.figures;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.standalone.figures.Page.Result;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparisonTest {
    @TempDir
    Path directory;

    private static Page page(String machine, Map<String, Double> figures) {
        Result result = new Result("drain", "many", 12, figures, Map.of("fast", true), Optional.empty());
        return new Page("2026-11-26", machine, false, List.of(result));
    }

    @Test
    void worseIsSlowerLargerOrFewer() {
        Page before = page("a", Map.of("drainRatio", 2.0, "runsPerMinute", 300.0, "count", 5.0));
        assertThat(Comparison.of(before, page("a", Map.of("drainRatio", 2.9, "runsPerMinute", 250.0, "count", 50.0)))
                        .holds())
                .as("within what is tolerated; a count is only told")
                .isTrue();
        assertThat(Comparison.of(before, page("a", Map.of("drainRatio", 3.3))).holds())
                .isFalse();
        Comparison fewer = Comparison.of(before, page("a", Map.of("runsPerMinute", 100.0)));
        assertThat(fewer.holds()).isFalse();
        assertThat(fewer.lines()).anyMatch(line -> line.contains("WORSE") && line.contains("runsPerMinute"));
        assertThat(Comparison.of(before, page("a", Map.of("drainRatio", 0.5))).holds())
                .as("better")
                .isTrue();
    }

    @Test
    void anotherMachineIsComparedByRatiosOnly() {
        Page before = page("a", Map.of("drainRatio", 2.0, "platformSeconds", 10.0));
        Comparison other = Comparison.of(before, page("b", Map.of("drainRatio", 2.1, "platformSeconds", 100.0)));
        assertThat(other.figures()).extracting(Comparison.Line::figure).containsExactly("drainRatio");
        assertThat(other.holds()).isTrue();
    }

    @Test
    void aPageIsReadAsItWasWritten() throws IOException {
        Page page = page("a", Map.of("drainRatio", 2.25));
        Path file = Files.writeString(directory.resolve("page.json"), page.json());
        assertThat(Page.read(file)).isEqualTo(page);
        assertThat(page.lines()).contains("- holds: fast", "| drainRatio | 2.250 |");
    }

    @Test
    void whatABenchmarkPrintsBecomesItsResult() {
        String said = "{\"bench\":\"policy\",\"figures\":{\"a\":1.5,\"b\":\"NaN\"},\"promises\":{\"fast\":false}}";
        Result broken = Measuring.result(Kind.POLICY, 3, 1, said, "");
        assertThat(broken.figures()).containsExactly(Map.entry("a", 1.5));
        assertThat(broken.promises()).containsEntry("fast", false);
        assertThat(broken.failure()).isEmpty();
        assertThat(Measuring.result(Kind.POLICY, 3, 2, "", "no terraform").failure())
                .hasValueSatisfying(why -> assertThat(why).contains("exit code 2", "no terraform"));
        assertThat(Measuring.result(Kind.POLICY, 3, 0, "Oops", "").failure()).isPresent();
    }

    @Test
    void thePageBeforeIsTheNewestOfTheSameNumbers() throws IOException {
        assertThat(Archive.of(directory.resolve("none")).last(false)).isEmpty();
        keep("2026-11-24-a", "old", false);
        keep("2026-11-25-a", "last", false);
        keep("2026-11-26-a", "brief", true);
        Archive archive = Archive.of(directory);
        assertThat(archive.last(false))
                .hasValueSatisfying(page -> assertThat(page.machine()).isEqualTo("last"));
        assertThat(archive.last(true))
                .hasValueSatisfying(page -> assertThat(page.machine()).isEqualTo("brief"));
    }

    private void keep(String name, String machine, boolean brief) throws IOException {
        Page page = new Page(name.substring(0, 10), machine, brief, List.of());
        Files.writeString(directory.resolve(name + ".json"), page.json());
        Files.writeString(directory.resolve(name + ".md"), "for people");
    }

    @Test
    void whatBecameMuchBetterIsSaidToo() {
        Comparison faster =
                Comparison.of(page("a", Map.of("runsPerMinute", 300.0)), page("a", Map.of("runsPerMinute", 900.0)));
        assertThat(faster.holds()).isTrue();
        assertThat(faster.lines()).anyMatch(line -> line.contains("better") && line.contains("x 3.00"));
    }
}
