package io.terrafleet.api.variable;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Which of several variables of one name a run gets, as the documentation of the TFE API orders them. From the strongest: sets with
 * priority (global, then of the project, then of the workspace; the organization's before the project's own); what was given for
 * the run itself; the workspace's variables; sets applied to the workspace (the project's own before the organization's), to its
 * project, to everything. Among equals the name that comes first wins.
 */
final class Precedence {
    private Precedence() {}

    /** How a set reaches a workspace, widest first. */
    enum Scope {
        GLOBAL,
        PROJECT,
        WORKSPACE
    }

    /** One way in which a set reaches the workspace. */
    record Reaching(VariableSet set, Scope scope) {
        private boolean ofProject() {
            return set.projectId().isPresent();
        }
    }

    private static final Comparator<Reaching> BY_NAME = Comparator.comparing(
                    (Reaching reaching) -> reaching.set().name().toLowerCase(Locale.ROOT))
            .thenComparing(reaching -> reaching.set().id());

    private static final Comparator<Reaching> WITH_PRIORITY = Comparator.comparing(Reaching::scope)
            .thenComparing(Reaching::ofProject)
            .thenComparing(BY_NAME);

    private static final Comparator<Reaching> WITHOUT = Comparator.comparing(Reaching::scope)
            .reversed()
            .thenComparing(Reaching::ofProject, Comparator.reverseOrder())
            .thenComparing(BY_NAME);

    /** Those with priority, the strongest first; each set once. */
    static List<VariableSet> strong(List<VariableSet> sets, String projectId, String workspaceId) {
        return ordered(sets.stream().filter(VariableSet::priority), projectId, workspaceId, WITH_PRIORITY);
    }

    /** Those without priority, the strongest first; each set once. */
    static List<VariableSet> weak(List<VariableSet> sets, String projectId, String workspaceId) {
        return ordered(sets.stream().filter(set -> !set.priority()), projectId, workspaceId, WITHOUT);
    }

    private static List<VariableSet> ordered(
            Stream<VariableSet> sets, String projectId, String workspaceId, Comparator<Reaching> order) {
        return sets.flatMap(set -> ways(set, projectId, workspaceId))
                .sorted(order)
                .map(Reaching::set)
                .distinct()
                .toList();
    }

    private static Stream<Reaching> ways(VariableSet set, String projectId, String workspaceId) {
        boolean everywhere =
                set.global() && set.projectId().map(projectId::equals).orElse(true);
        return Stream.of(
                        everywhere
                                ? Optional.of(set.projectId().isPresent() ? Scope.PROJECT : Scope.GLOBAL)
                                : Optional.<Scope>empty(),
                        set.projectIds().contains(projectId) ? Optional.of(Scope.PROJECT) : Optional.<Scope>empty(),
                        set.workspaceIds().contains(workspaceId)
                                ? Optional.of(Scope.WORKSPACE)
                                : Optional.<Scope>empty())
                .flatMap(Optional::stream)
                .map(scope -> new Reaching(set, scope));
    }
}
