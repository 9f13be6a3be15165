package io.terrafleet.api.run;

import java.util.List;

/** How a run was asked for; never changes. Meaning as in {@code terraform plan}. */
public record RunOptions(
        boolean planOnly,
        boolean autoApply,
        boolean destroy,
        boolean refresh,
        boolean refreshOnly,
        List<String> targetAddrs,
        List<String> replaceAddrs,
        boolean allowEmptyApply) {}
