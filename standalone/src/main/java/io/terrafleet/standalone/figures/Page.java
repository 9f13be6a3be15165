package io.terrafleet.standalone.figures;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * All figures of one machine on one day.
 *
 * @param date as 2026-11-26
 * @param machine in words: name, processors, memory
 * @param brief whether the benchmarks were run with smaller numbers than usual; such a page is compared with its like
 */
public record Page(String date, String machine, boolean brief, List<Result> results) {
    private static final long MOST_BYTES = 4 << 20;

    /**
     * What one benchmark said.
     *
     * @param seconds that it took in all
     * @param promises sentences and whether they held
     * @param failure why it has no figures
     */
    public record Result(
            String bench,
            String what,
            double seconds,
            Map<String, Double> figures,
            Map<String, Boolean> promises,
            Optional<String> failure) {}

    public boolean holds() {
        return results.stream()
                .allMatch(result ->
                        result.failure().isEmpty() && !result.promises().containsValue(false));
    }

    public String json() throws IOException {
        JsonNode tree = Json.mapper().readTree(Json.write(this));
        return Json.mapper().writerWithDefaultPrettyPrinter().writeValueAsString(tree) + "\n";
    }

    /** @throws IOException when the file is none that {@link #json} wrote */
    public static Page read(Path file) throws IOException {
        if (Files.size(file) > MOST_BYTES) {
            throw new IOException(file + " is larger than " + MOST_BYTES + " bytes and no page of figures");
        }
        return Json.mapper().readValue(Files.readString(file, StandardCharsets.UTF_8), Page.class);
    }

    /** For people; Markdown. */
    public List<String> lines() {
        List<String> lines = new ArrayList<>();
        lines.add("# Figures of " + date);
        lines.add("");
        lines.add(machine + (brief ? "; with smaller numbers than usual (`--brief`)" : "") + ".");
        for (Result result : results) {
            lines.add("");
            lines.add("## " + result.bench() + ": " + result.what());
            lines.add("");
            result.failure().ifPresent(why -> lines.add("FAILED: " + why));
            result.promises()
                    .forEach((promise, kept) -> lines.add("- " + (kept ? "holds: " : "**BROKEN**: ") + promise));
            if (!result.figures().isEmpty()) {
                lines.add("");
                lines.add("| figure | value |");
                lines.add("|---|---|");
                result.figures()
                        .forEach((name, value) ->
                                lines.add(String.format(Locale.ROOT, "| %s | %s |", name, Figures.round(value))));
            }
        }
        return lines;
    }
}
