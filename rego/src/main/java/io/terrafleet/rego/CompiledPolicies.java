package io.terrafleet.rego;

import io.terrafleet.rego.evaluation.RuleGroup;
import io.terrafleet.rego.evaluation.RuleNode;
import io.terrafleet.rego.plan.Compilation;
import io.terrafleet.rego.problem.Position;
import io.terrafleet.rego.problem.RegoException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/** Compiled modules. Immutable; queries may be prepared and evaluated from several threads. */
public final class CompiledPolicies {
    private final Compilation compilation;
    private final List<RegoModule> modules;

    CompiledPolicies(Compilation compilation, List<RegoModule> modules) {
        this.compilation = compilation;
        this.modules = List.copyOf(modules);
    }

    /** The packages, as {@code data.a.b}, in which {@code input.MEMBER} is read, or may be. */
    public Set<String> packagesReading(String member) {
        return modules.stream()
                .filter(module -> module.readsInput(member))
                .map(module -> "data." + String.join(".", module.path()))
                .collect(Collectors.toUnmodifiableSet());
    }

    /** Prepares a query such as {@code data.terraform.deny}, or a body such as {@code data.p.q[x]; x > 1}. Throws {@link RegoException}. */
    public Query query(String text) {
        return new Query(compilation, compilation.query(text));
    }

    /** The places of rules and literals, when compiled to be watched. */
    public Set<Position> places() {
        return compilation.places();
    }

    /** Every rule that is not a function, as {@code data.a.b}, in order. */
    public List<String> rules() {
        List<String> names = new ArrayList<>();
        collect(compilation.root(), names);
        return names;
    }

    private static void collect(RuleNode node, List<String> names) {
        RuleGroup group = node.group();
        if (group != null && !group.isFunction()) {
            names.add(group.name());
        }
        node.children().values().forEach(child -> collect(child, names));
    }
}
