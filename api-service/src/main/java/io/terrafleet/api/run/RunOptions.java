package io.terrafleet.api.run;

import java.util.List;

/**
 * How a run was asked for; never changes. Meaning as in {@code terraform plan}.
 *
 * @param savePlan its plan is kept until somebody applies it, and does not hold the workspace before
 * @param structuredOutput its logs are JSON, a line for each message, for a client that renders them
 */
public record RunOptions(
        boolean planOnly,
        boolean autoApply,
        boolean destroy,
        boolean refresh,
        boolean refreshOnly,
        List<String> targetAddrs,
        List<String> replaceAddrs,
        boolean allowEmptyApply,
        boolean savePlan,
        boolean structuredOutput) {

    /** Whether already its plan waits for the workspace's turn. */
    boolean queues() {
        return !planOnly && !savePlan;
    }
}
