package io.terrafleet.worker.pod;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** A dashboard or an alert that asks for a metric which nobody writes is silent for ever. */
class MonitoringTest {
    private static final Path ROOT = Path.of(System.getProperty("terrafleet.root", ".."));
    private static final Path PRODUCTION = ROOT.resolve("k8s/overlays/production");

    /** What Quarkus shows of every service; HttpsJourney looks whether it does. */
    private static final Set<String> USUAL =
            Set.of("http_server_requests_seconds_count", "http_server_requests_seconds_sum", "jvm_memory_used_bytes");

    private static final Pattern NAME = Pattern.compile("\\b(?:terrafleet|http|jvm|kafka|process|agroal)_[a-z_]+");
    private static final Pattern METER = Pattern.compile(
            "(Gauge\\.builder|FunctionCounter\\.builder|\\.counter|\\.timer)\\(\\s*\"(terrafleet[a-z.]+)\"");

    static Set<String> written() throws IOException {
        Set<String> names = new HashSet<>(USUAL);
        for (Path source : sources()) {
            Matcher meter = METER.matcher(Files.readString(source));
            while (meter.find()) {
                String name = meter.group(2).replace('.', '_');
                switch (meter.group(1)) {
                    case "Gauge.builder" -> names.add(name);
                    case ".timer" ->
                        List.of("count", "sum", "max").forEach(part -> names.add(name + "_seconds_" + part));
                    default -> names.add(name + "_total");
                }
            }
        }
        return names;
    }

    private static List<Path> sources() throws IOException {
        try (Stream<Path> modules = Files.list(ROOT)) {
            return modules.map(module -> module.resolve("src/main/java"))
                    .filter(Files::isDirectory)
                    .flatMap(MonitoringTest::below)
                    .toList();
        }
    }

    private static Stream<Path> below(Path directory) {
        try (Stream<Path> files = Files.walk(directory)) {
            return files.filter(file -> file.toString().endsWith(".java")).toList().stream();
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Set<String> named(String text) {
        Set<String> names = new TreeSet<>();
        NAME.matcher(text).results().forEach(found -> names.add(found.group()));
        return names;
    }

    @Test
    void everyMetricOfTheDashboardIsWrittenBySomebody() throws IOException {
        JsonNode dashboard = Json.mapper().readTree(Files.readAllBytes(PRODUCTION.resolve("dashboard.json")));
        StringBuilder asked = new StringBuilder();
        for (JsonNode panel : dashboard.path("panels")) {
            assertThat(panel.path("targets")).as(panel.path("title").asText()).isNotEmpty();
            panel.path("targets")
                    .forEach(
                            target -> asked.append(target.path("expr").asText()).append('\n'));
        }

        assertThat(named(asked.toString())).hasSizeGreaterThan(10).isSubsetOf(written());
    }

    @Test
    void everyMetricOfTheAlertsAndScalersIsWrittenBySomebody() throws IOException {
        for (String file : List.of("alerts.yaml", "scale.yaml")) {
            assertThat(named(Files.readString(PRODUCTION.resolve(file))))
                    .isNotEmpty()
                    .isSubsetOf(written());
        }
    }

    @Test
    void everyAlertIsExplained() throws IOException {
        String page = Files.readString(ROOT.resolve("docs/operations/alerts.md"));
        List<String> alerts = Pattern.compile("alert: (\\S+)")
                .matcher(Files.readString(PRODUCTION.resolve("alerts.yaml")))
                .results()
                .map(found -> found.group(1))
                .toList();

        assertThat(alerts).hasSizeGreaterThan(5).allSatisfy(alert -> assertThat(page)
                .contains("| `" + alert + "` |"));
    }
}
