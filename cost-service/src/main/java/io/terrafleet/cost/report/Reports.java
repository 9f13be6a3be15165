package io.terrafleet.cost.report;

import io.terrafleet.contracts.Json;
import io.terrafleet.cost.estimate.Estimate;
import java.nio.charset.StandardCharsets;
import java.time.Instant;

/** The door: an estimate in the form that is wanted. */
public final class Reports {
    private Reports() {}

    /** What the plan would leave, for a terminal. */
    public static String table(Estimate estimate) {
        return TextTable.of(estimate);
    }

    /** What the plan changes, for a terminal. */
    public static String diff(Estimate estimate, String project) {
        return TextDiff.of(estimate, project);
    }

    /** Both, for scripts. */
    public static String json(Estimate estimate, String project, Instant now) {
        return new String(Json.write(InfracostJson.of(estimate, project, now)), StandardCharsets.UTF_8);
    }

    /** The change in short, for a pull request. */
    public static String markdown(Estimate estimate, String project) {
        return Markdown.of(estimate, project);
    }
}
