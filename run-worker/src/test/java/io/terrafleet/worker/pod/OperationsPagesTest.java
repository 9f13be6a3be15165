package io.terrafleet.worker.pod;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.contracts.event.Topic;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** An operator at three in the morning types what {@code docs/operations} says: every name there is one that exists. */
class OperationsPagesTest {
    private static final Path ROOT = Path.of(System.getProperty("terrafleet.root", ".."));
    private static final Path PAGES = ROOT.resolve("docs/operations");

    /** Read by the launcher, and by no room of a service. */
    private static final Set<String> OF_THE_LAUNCHER = Set.of("TERRAFLEET_AGENT_TOKEN", "TERRAFLEET_ADMIN_TOKEN");

    private static String text() throws IOException {
        try (Stream<Path> pages = Files.list(PAGES)) {
            return pages.sorted().map(OperationsPagesTest::read).collect(Collectors.joining("\n"));
        }
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static Set<String> found(String pattern, String text) {
        return Pattern.compile(pattern)
                .matcher(text)
                .results()
                .map(OperationsPagesTest::lastGroup)
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static String lastGroup(MatchResult result) {
        return result.group(result.groupCount());
    }

    private static Set<String> keys() {
        return found("(?m)^\\| `([^`]+)` \\|", read(ROOT.resolve("docs/configuration.md")));
    }

    private static boolean fits(String key, String named) {
        String pattern = Pattern.quote(key).replace("NAME", "\\E[A-Za-z0-9]+\\Q");
        return named.matches(pattern);
    }

    private static String variable(String key) {
        return key.replaceAll("[^A-Za-z0-9]", "_").toUpperCase(Locale.ROOT);
    }

    @Test
    void everySettingExists() throws IOException {
        Set<String> keys = keys();
        Set<String> named = new TreeSet<>(found("`(terrafleet\\.[a-z][a-zA-Z.-]*[a-zA-Z])`", text()));
        Arrays.stream(Topic.values()).map(Topic::kafkaName).forEach(named::remove);
        Set<String> variables = new TreeSet<>(found("\\b(TERRAFLEET_[A-Z_]+)\\b", text()));
        variables.removeAll(OF_THE_LAUNCHER);

        assertThat(named).hasSizeGreaterThan(15).allSatisfy(name -> assertThat(keys)
                .anyMatch(key -> fits(key, name)));
        assertThat(variables).hasSizeGreaterThan(5).allSatisfy(name -> assertThat(keys)
                .anyMatch(key -> fits(variable(key), name)));
    }

    /** Short names stand for the end of a key, once the page has said where they belong. */
    @Test
    void everyShortNameIsTheEndOfAKeyOrAReason() throws IOException {
        Set<String> ends = keys().stream()
                .map(key -> key.substring(key.lastIndexOf('.') + 1))
                .collect(Collectors.toSet());
        Set<String> objects = found(
                "(?m)name: ([a-z][a-z-]+)",
                below("k8s/base", ".yaml") + below("k8s/overlays", ".yaml") + below("k8s/pool", ".yaml"));
        Set<String> others = Set.of(
                // Of a Secret, of an answer of the API, and Kafka's consumer groups.
                "internal-key", "finished-at", "terrafleet-policy-service", "terrafleet-cost-service");

        assertThat(found("`([a-z]+(?:-[a-z]+)+)`", text()))
                .hasSizeGreaterThan(20)
                .allSatisfy(name -> assertThat(ends.contains(name)
                                || objects.contains(name)
                                || others.contains(name)
                                || reasons().contains(name))
                        .as(name)
                        .isTrue());
    }

    /** What workers give as the reason of a job that waits or is lost. */
    private static Set<String> reasons() {
        String sources = below("run-worker/src/main/java/io/terrafleet/worker/pod", ".java")
                + below("run-worker/src/main/java/io/terrafleet/worker/job", ".java");
        Set<String> reasons = new TreeSet<>(found("\\bnew (?:Lost|Waiting)\\(\\s*\"([a-z-]+)\"", sources));
        reasons.addAll(found("\\blasting\\([^;\"]*\"([a-z-]+)\"", sources));
        reasons.addAll(found("reporter\\.lost\\([^;\"]*\"([a-z-]+)\"", sources));
        return reasons;
    }

    @Test
    void everyReasonIsExplainedAndNoOther() {
        Set<String> explained = new TreeSet<>();
        read(PAGES.resolve("troubles.md"))
                .lines()
                .filter(line -> line.startsWith("| `"))
                .forEach(line -> explained.addAll(found("`([a-z-]+)`", line.split(" \\| ", 2)[0])));

        assertThat(reasons()).hasSizeGreaterThan(15);
        assertThat(explained).isEqualTo(reasons());
    }

    @Test
    void everyMetricIsWrittenBySomebody() throws IOException {
        assertThat(found("`(terrafleet_[a-z_]+)", text())).hasSizeGreaterThan(8).allSatisfy(metric -> assertThat(
                        MonitoringTest.written())
                .anyMatch(written -> written.equals(metric) || written.equals(metric + "_count")));
    }

    @Test
    void everyFileAndLinkIsThere() throws IOException {
        Set<String> paths = found("\\b((?:k8s|docs)/[A-Za-z0-9./-]*[A-Za-z0-9])", text());
        Set<String> links = found("\\]\\((?!http)([^)#]+)", text());

        assertThat(paths).hasSizeGreaterThan(5).allSatisfy(path -> assertThat(ROOT.resolve(path))
                .exists());
        assertThat(links).hasSizeGreaterThan(5).allSatisfy(link -> assertThat(PAGES.resolve(link))
                .exists());
    }

    @Test
    void everyAddressOfTheApiIsServed() throws IOException {
        Set<String> served = found("(?m)^  (/api/v2/[^:]*):$", read(ROOT.resolve("docs/openapi.yaml"))).stream()
                .map(path -> path.replaceAll("\\{[^}]*}", "ID"))
                .collect(Collectors.toSet());

        assertThat(found("(?:GET|POST|PATCH|PUT|DELETE) (/api/v2/[A-Za-z/-]+)", text()))
                .hasSizeGreaterThan(3)
                .isSubsetOf(served);
    }

    @Test
    void everyCommandAndOptionOfTheLauncherExists() throws IOException {
        String launcher = read(ROOT.resolve("terrafleet"));
        Set<String> commands = new TreeSet<>();
        found("(?m)^    ([a-z|\\- ]+)\\)", launcher).forEach(line -> commands.addAll(List.of(line.split(" \\| "))));
        List<String> lines =
                text().lines().filter(line -> line.contains("./terrafleet ")).toList();
        String options = below("standalone/src/main/java", ".java") + launcher;

        assertThat(found("\\./terrafleet ([a-z]+)", String.join("\n", lines)))
                .hasSizeGreaterThan(3)
                .isSubsetOf(commands);
        assertThat(found("(--[a-z-]+)", String.join("\n", lines)))
                .hasSizeGreaterThan(4)
                .allSatisfy(option -> assertThat(options).contains(option));
    }

    @Test
    void everyObjectThatKubectlIsToldIsInTheManifests() throws IOException {
        String manifests = below("k8s/base", ".yaml") + below("k8s/pool", ".yaml");
        Set<String> objects = found("(?:deploy|job|svc)/([a-z-]+)", text());
        Set<String> namespaces = found("kubectl (?:create namespace|-n) ([a-z-]+)", text());
        Set<String> keys = found("secretKeyRef: \\{name: terrafleet, key: ([a-z-]+)}", manifests);

        assertThat(objects).isNotEmpty().allSatisfy(name -> assertThat(manifests)
                .contains("name: " + name + "\n"));
        assertThat(namespaces).hasSizeGreaterThan(2).allSatisfy(name -> assertThat(manifests)
                .contains("name: " + name + "\n"));
        assertThat(found("--from-literal=([a-z-]+)=\"", read(PAGES.resolve("install.md"))))
                .as("the keys of the Secret")
                .isEqualTo(keys);
    }

    private static String below(String directory, String end) {
        try (Stream<Path> files = Files.walk(ROOT.resolve(directory))) {
            return files.filter(file -> file.toString().endsWith(end))
                    .sorted()
                    .map(OperationsPagesTest::read)
                    .collect(Collectors.joining("\n"));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
