package io.terrafleet.runner.terraform;

import io.terrafleet.contracts.runner.PhaseResult.Counts;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What terraform's printed output says in passing: its first error and the counts of an apply. Feed it the output as it comes. */
public final class Remarks {
    private static final Pattern COLOUR = Pattern.compile("\u001b\\[[0-9;]*m");
    private static final Pattern ERROR = Pattern.compile("^[│\\s]*Error: (.{1,300})");
    private static final Pattern APPLIED = Pattern.compile("Apply complete! Resources: "
            + "(?:(?<imported>\\d{1,9}) imported, )?(?<added>\\d{1,9}) added, (?<changed>\\d{1,9}) changed, "
            + "(?<destroyed>\\d{1,9}) destroyed");
    private static final int LONGEST_LINE = 4_096;

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
        String text = COLOUR.matcher(pending.toString(StandardCharsets.UTF_8)).replaceAll("");
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

    /** The heading of the first error; unmasked. */
    public Optional<String> firstError() {
        return firstError;
    }

    /** What an apply did, if it came to its end. */
    public Optional<Counts> applied() {
        return applied;
    }
}
