package io.terrafleet.api.discovery;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;

/** Holds the table of go-tfe's calls to the routes that there are, as docs/openapi.yaml lists them. */
class TfeCoverageTest {
    private static final Path DOCS =
            Path.of(System.getProperty("terrafleet.root", "..")).resolve("docs");
    private static final Path TABLE = DOCS.resolve("tfe-api-coverage.md");
    private static final Pattern ROW =
            Pattern.compile("\\| (\\w+) \\| (\\w+) \\| ([A-Z]+) \\| `([^`]+)` \\| (served|not yet|404: [^|]+) \\|");
    /** Parameters of our routes that stand for a word of the documented address. */
    private static final Set<String> WORDS = Set.of("{relationship}", "{registry}", "{kind}", "{action}");

    private record Route(String method, List<String> path) {
        boolean serves(String asked, List<String> address) {
            if (!method.equals(asked) || path.size() != address.size()) {
                return false;
            }
            for (int i = 0; i < path.size(); i++) {
                String ours = path.get(i);
                String theirs = address.get(i);
                boolean same = ours.equals(theirs) || (theirs.equals("{}") && ours.startsWith("{"));
                boolean ofThem = theirs.equals("{}") && ours.equals("private");
                if (!same && !ofThem && !WORDS.contains(ours)) {
                    return false;
                }
            }
            return true;
        }
    }

    @Test
    void everyCallIsInTheStateThatTheTableSays() throws IOException {
        List<Route> routes = routes();
        List<String> lines = new ArrayList<>();
        List<String> wrong = new ArrayList<>();
        Set<String> rows = new HashSet<>();
        for (String line : Files.readAllLines(TABLE)) {
            Matcher row = ROW.matcher(line);
            if (!row.matches()) {
                lines.add(line);
                continue;
            }
            assertThat(rows.add(line)).as("twice: %s", line).isTrue();
            List<String> address = segments(row.group(4));
            boolean served = routes.stream().anyMatch(route -> route.serves(row.group(3), address));
            String said = row.group(5);
            String now = served ? "served" : said.equals("served") ? "not yet" : said;
            if (!said.equals(now)) {
                wrong.add(line);
            }
            lines.add(line.substring(0, row.start(5)) + now + " |");
        }
        if (Boolean.getBoolean("terrafleet.regenerate")) {
            Files.write(TABLE, lines);
            return;
        }
        assertThat(rows).hasSizeGreaterThan(400);
        assertThat(wrong)
                .as("docs/tfe-api-coverage.md says otherwise; -Dterrafleet.regenerate=true writes it anew")
                .isEmpty();
    }

    private static List<Route> routes() throws IOException {
        List<Route> routes = new ArrayList<>();
        List<String> path = List.of();
        for (String line : Files.readAllLines(DOCS.resolve("openapi.yaml"))) {
            if (line.startsWith("  /")) {
                path = segments(line.strip().substring(0, line.strip().length() - 1));
            } else if (line.matches("    (get|post|patch|put|delete):")) {
                routes.add(new Route(line.strip().replace(":", "").toUpperCase(Locale.ROOT), path));
            } else if (line.startsWith("components:")) {
                break;
            }
        }
        assertThat(routes).hasSizeGreaterThan(100);
        return routes;
    }

    private static List<String> segments(String path) {
        return List.of(path.substring(1).split("/", -1));
    }
}
