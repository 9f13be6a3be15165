package io.terrafleet.rego.plan;

import io.terrafleet.rego.evaluation.RuleNode;
import io.terrafleet.rego.problem.Position;
import io.terrafleet.rego.problem.RegoException;
import io.terrafleet.rego.syntax.Annotation;
import io.terrafleet.rego.syntax.Module;
import java.util.Collection;
import java.util.List;
import java.util.Set;

/** Modules checked together and planned. Immutable once made. */
public final class Compilation {
    private final RuleTree tree;
    private final Set<Position> places;

    private Compilation(RuleTree tree) {
        this.tree = tree;
        this.places = Set.copyOf(tree.probes().places());
    }

    /**
     * Throws {@link RegoException} with every error found.
     *
     * @param watched whether an observer may see the evaluation
     * @param indexed whether rules that cannot hold are left out unseen
     */
    public static Compilation of(Collection<Module> modules, boolean watched, boolean indexed) {
        Problems problems = new Problems();
        RuleTree tree = new RuleTree(modules, problems, new Probes(watched, indexed));
        problems.throwIfAny();
        List<Annotation> annotations = modules.stream()
                .flatMap(module -> module.annotations().stream())
                .toList();
        RulePlanner planner = new RulePlanner(tree, problems, annotations);
        tree.groups().forEach(planner::plan);
        problems.throwIfAny();
        new Recursion(tree, problems).check();
        problems.throwIfAny();
        return new Compilation(tree);
    }

    /** How many rule groups there are; a machine needs to know. */
    public int groups() {
        return tree.groups().size();
    }

    /** Where the modules' plan can be watched; queries do not count. */
    public Set<Position> places() {
        return places;
    }

    public RuleNode root() {
        return tree.root();
    }

    /** Plans a query; safe to call from several threads. */
    public PlannedQuery query(String text) {
        synchronized (tree) {
            return PlannedQuery.of(text, tree);
        }
    }
}
