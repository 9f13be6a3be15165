package io.terrafleet.rego.plan;

import io.terrafleet.rego.evaluation.RuleGroup;
import io.terrafleet.rego.problem.Position;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Refuses rules that depend on themselves: the language promises that evaluation ends. */
final class Recursion {
    private final Map<RuleGroup, Set<RuleGroup>> dependencies;
    private final Map<RuleGroup, List<RuleTree.Source>> groups;
    private final Problems problems;
    private final Set<RuleGroup> done = new HashSet<>();
    private final List<RuleGroup> path = new ArrayList<>();

    Recursion(RuleTree tree, Problems problems) {
        this.dependencies = tree.dependencies();
        this.groups = tree.groups();
        this.problems = problems;
    }

    void check() {
        groups.keySet().forEach(this::visit);
    }

    private void visit(RuleGroup group) {
        int start = path.indexOf(group);
        if (start >= 0) {
            report(path.subList(start, path.size()));
            return;
        }
        if (done.contains(group)) {
            return;
        }
        path.add(group);
        dependencies.getOrDefault(group, Set.of()).forEach(this::visit);
        path.removeLast();
        done.add(group);
    }

    private void report(List<RuleGroup> cycle) {
        RuleGroup first = cycle.getFirst();
        List<RuleTree.Source> rules = groups.getOrDefault(first, List.of());
        Position at =
                rules.isEmpty() ? Position.NOWHERE : rules.getFirst().rule().at();
        StringBuilder chain = new StringBuilder();
        cycle.forEach(group -> chain.append(group.name()).append(" -> "));
        chain.append(first.name());
        problems.add("rego_recursion_error", "rule " + first.name() + " is recursive: " + chain, at);
    }
}
