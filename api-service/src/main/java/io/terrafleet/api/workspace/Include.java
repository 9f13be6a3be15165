package io.terrafleet.api.workspace;

import io.terrafleet.api.problem.Problem;
import java.util.Arrays;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** What a client wants beside a workspace, of the names that the TFE API has. */
record Include(boolean organization, boolean project, Set<String> names) {
    private static final Set<String> KNOWN = Set.of(
            "agent_pool",
            "organization",
            "project",
            "current_configuration_version",
            "current_configuration_version.ingress_attributes",
            "current_run",
            "current_run.apply",
            "current_run.plan",
            "current_run.configuration_version",
            "current_run.configuration_version.ingress_attributes",
            "latest_run",
            "latest_run.plan",
            "latest_run.configuration_version",
            "latest_run.configuration_version.ingress_attributes",
            "current_state_version",
            "current_state_version.resources_processed",
            "current-state-version",
            "current_assessment_result",
            "effective_tag_bindings",
            "locked_by",
            "outputs",
            "readme",
            "vars");

    /** What belongs to something else brings that too. */
    private static Stream<String> withItsOwner(String name) {
        int dot = name.indexOf('.');
        return dot < 0 ? Stream.of(name) : Stream.of(name.substring(0, dot), name);
    }

    static Include of(@Nullable String parameter) {
        Set<String> names = Set.of(Optional.ofNullable(parameter).filter(text -> !text.isEmpty()).stream()
                .flatMap(text -> Arrays.stream(text.split(",", -1)))
                .flatMap(Include::withItsOwner)
                .distinct()
                .toArray(String[]::new));
        names.stream().filter(name -> !KNOWN.contains(name)).findFirst().ifPresent(name -> {
            throw Problem.malformed("Invalid include parameter");
        });
        return new Include(names.contains("organization"), names.contains("project"), names);
    }
}
