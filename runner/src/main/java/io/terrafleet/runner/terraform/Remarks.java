package io.terrafleet.runner.terraform;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.runner.PhaseResult.Counts;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What terraform's printed output, for people or as JSON, says in passing: its first error and the counts of an apply. Feed it the output as it comes. */
public final class Remarks {
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");
    private static final Pattern ERROR = Pattern.compile("^[│\\s]*Error: (.{1,300})");
    private static final Pattern APPLIED = Pattern.compile("Apply complete! Resources: "
            + "(?:(?<imported>\\d{1,9}) imported, )?(?<added>\\d{1,9}) added, (?<changed>\\d{1,9}) changed, "
            + "(?<destroyed>\\d{1,9}) destroyed");
    private static final String MESSAGE = "{\"@level\":";
    private static final int LONGEST_LINE = 65_536;

    private final java.io.ByteArrayOutputStream pending = new java.io.ByteArrayOutputStream();
    private Optional<String> firstError = Optional.empty();
    private Optional<Counts> applied = Optional.empty();

    public void read(byte[] chunk) {
        for (byte value : chunk) {
            if (value == '\n') {
                endLine();
            } else if (pending.size() < LONGEST_LINE) {
                pending.write(value);
            }
        }
    }

    private void endLine() {
        String line = pending.toString(StandardCharsets.UTF_8);
        if (line.startsWith(MESSAGE)) {
            pending.reset();
            structured(line);
            return;
        }
        String text = COLOUR.matcher(line).replaceAll("");
        pending.reset();
        Matcher error = ERROR.matcher(text);
        if (firstError.isEmpty() && error.find()) {
            firstError = Optional.of(error.group(1).strip());
        }
        Matcher complete = APPLIED.matcher(text);
        if (complete.find()) {
            applied = Optional.of(new Counts(
                    Integer.parseInt(complete.group("added")),
                    Integer.parseInt(complete.group("changed")),
                    Integer.parseInt(complete.group("destroyed")),
                    complete.group("imported") == null ? 0 : Integer.parseInt(complete.group("imported"))));
        }
    }

    /** One message of {@code -json}. A line that only looks like one says nothing. */
    private void structured(String line) {
        JsonNode message;
        try {
            message = Json.mapper().readTree(line);
        } catch (JsonProcessingException e) {
            return;
        }
        String type = message.path("type").asText();
        JsonNode diagnostic = message.path("diagnostic");
        if (type.equals("diagnostic")
                && firstError.isEmpty()
                && diagnostic.path("severity").asText().equals("error")) {
            firstError = Optional.of(diagnostic.path("summary").asText().strip());
        }
        JsonNode changes = message.path("changes");
        if (type.equals("change_summary") && changes.path("operation").asText().equals("apply")) {
            applied = Optional.of(new Counts(
                    changes.path("add").asInt(),
                    changes.path("change").asInt(),
                    changes.path("remove").asInt(),
                    changes.path("import").asInt()));
        }
    }

    /** The heading of the first error; unmasked. */
    public Optional<String> firstError() {
        return firstError;
    }

    /** What an apply did, if it came to its end. */
    public Optional<Counts> applied() {
        return applied;
    }
}
