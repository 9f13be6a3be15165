package io.terrafleet.api.variable;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class PrecedenceTest {
    private static final String PROJECT = "prj-1";
    private static final String WORKSPACE = "ws-1";
    private static final Instant WHEN = Instant.parse("2026-11-26T10:00:00Z");

    private static VariableSet set(
            String name, boolean ofProject, boolean priority, boolean global, boolean project, boolean workspace) {
        return new VariableSet(
                "varset-" + name,
                "org-1",
                ofProject ? Optional.of(PROJECT) : Optional.empty(),
                name,
                "",
                global,
                priority,
                workspace ? Set.of(WORKSPACE) : Set.of(),
                project ? Set.of(PROJECT) : Set.of(),
                WHEN,
                WHEN);
    }

    private static List<String> names(List<VariableSet> sets) {
        return sets.stream().map(VariableSet::name).toList();
    }

    @Test
    void withoutPriorityTheNarrowerScopeIsStronger() {
        List<VariableSet> sets = List.of(
                set("global", false, false, true, false, false),
                set("project", false, false, false, true, false),
                set("workspace", false, false, false, false, true),
                set("owned", true, false, false, false, true));
        assertThat(names(Precedence.weak(sets, PROJECT, WORKSPACE)))
                .containsExactly("owned", "workspace", "project", "global");
        assertThat(Precedence.strong(sets, PROJECT, WORKSPACE)).isEmpty();
    }

    @Test
    void withPriorityTheWiderScopeIsStronger() {
        List<VariableSet> sets = List.of(
                set("owned", true, true, false, false, true),
                set("workspace", false, true, false, false, true),
                set("project", false, true, false, true, false),
                set("global", false, true, true, false, false));
        assertThat(names(Precedence.strong(sets, PROJECT, WORKSPACE)))
                .containsExactly("global", "project", "workspace", "owned");
        assertThat(Precedence.weak(sets, PROJECT, WORKSPACE)).isEmpty();
    }

    @Test
    void amongEqualsTheNameThatComesFirstIsStronger() {
        List<VariableSet> sets = List.of(
                set("b", false, false, true, false, false),
                set("A", false, false, true, false, false),
                set("c", false, false, true, false, false));
        assertThat(names(Precedence.weak(sets, PROJECT, WORKSPACE))).containsExactly("A", "b", "c");
    }

    @Test
    void aSetThatComesInTwoWaysCountsOnceByTheStrongerOne() {
        List<VariableSet> sets = List.of(
                set("both", false, false, true, false, true), set("workspace", false, false, false, false, true));
        assertThat(names(Precedence.weak(sets, PROJECT, WORKSPACE))).containsExactly("both", "workspace");
    }

    @Test
    void whatIsAppliedElsewhereDoesNotCount() {
        List<VariableSet> sets = List.of(
                set("elsewhere", false, false, false, false, false),
                new VariableSet(
                        "varset-x",
                        "org-1",
                        Optional.of("prj-2"),
                        "of another project",
                        "",
                        true,
                        false,
                        Set.of(),
                        Set.of(),
                        WHEN,
                        WHEN));
        assertThat(Precedence.weak(sets, PROJECT, WORKSPACE)).isEmpty();
    }
}
