package io.terrafleet.contracts;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One attempt at one phase of one run. Its text, {@code run-xxxxxxxxxxxxxxxx-plan-1}, derives from what it is, so asking twice for
 * the same work names the same job.
 *
 * @param attempt counts from 1; only a plan is ever attempted again
 */
public record JobId(RunId run, Phase phase, int attempt) {
    private static final Pattern FORM = Pattern.compile("(run-[A-Za-z0-9]{16})-(plan|apply)-([1-9][0-9]?)");

    public JobId {
        if (attempt < 1 || attempt > 99) {
            throw new IllegalArgumentException("attempt must be 1 to 99, not " + attempt);
        }
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    public static JobId of(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            throw new IllegalArgumentException("not a job identifier (run-xxxxxxxxxxxxxxxx-plan-1 is one)");
        }
        return new JobId(new RunId(form.group(1)), Phase.of(form.group(2)), Integer.parseInt(form.group(3)));
    }

    @JsonValue
    @Override
    public String toString() {
        return run + "-" + phase.word() + "-" + attempt;
    }
}
