package io.terrafleet.rego.plan;

import io.terrafleet.rego.evaluation.RuleGroup;
import io.terrafleet.rego.evaluation.RuleNode;
import io.terrafleet.rego.problem.Position;
import io.terrafleet.rego.syntax.Import;
import io.terrafleet.rego.syntax.Language;
import io.terrafleet.rego.syntax.Module;
import io.terrafleet.rego.syntax.Rule;
import io.terrafleet.rego.syntax.Term;
import io.terrafleet.rego.value.StringValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/** Where every rule hangs, which rules make one group, and who depends on whom. */
final class RuleTree {
    private final RuleNode root = new RuleNode(List.of());
    private final IdentityHashMap<RuleNode, List<Source>> sources = new IdentityHashMap<>();
    private final Map<RuleGroup, List<Source>> groups = new LinkedHashMap<>();
    private final Map<RuleGroup, Set<RuleGroup>> dependencies = new LinkedHashMap<>();
    private final Map<List<String>, Set<String>> names =
            new TreeMap<>((a, b) -> String.join("\0", a).compareTo(String.join("\0", b)));
    private final Problems problems;
    private final Probes probes;
    private Set<RuleGroup> current = new HashSet<>();

    /**
     * A rule of a group.
     *
     * @param keys what the head's reference has beyond the group's path
     */
    record Source(Module module, Rule rule, List<Term> keys) {}

    RuleTree(Collection<Module> modules, Problems problems, Probes probes) {
        this.problems = problems;
        this.probes = probes;
        for (Module module : modules) {
            node(module.path());
            imports(module);
            for (Rule rule : module.rules()) {
                add(module, rule);
            }
        }
        fold(root);
        group(root);
    }

    private void imports(Module module) {
        Set<String> imported = new HashSet<>();
        for (Import each : module.imports()) {
            boolean document = Set.of("data", "input").contains(each.path().getFirst());
            if (module.language() == Language.V1 && document && !imported.add(each.name())) {
                problems.add("rego_compile_error", "import must not shadow another import: " + each.name(), each.at());
            }
        }
    }

    private void add(Module module, Rule rule) {
        List<String> path = new ArrayList<>(module.path());
        int constant = 0;
        for (Term part : rule.path()) {
            if (!(part instanceof Term.Scalar(StringValue name, Position at))) {
                break;
            }
            path.add(name.value());
            constant++;
        }
        String first = path.get(module.path().size());
        boolean shadows = first.equals("data") || first.equals("input");
        if (module.language() == Language.V1 && shadows) {
            problems.add(
                    "rego_compile_error", "rules must not shadow " + first + " (use a different rule name)", rule.at());
        }
        names.computeIfAbsent(module.path(), p -> new HashSet<>())
                .add(path.get(module.path().size()));
        List<Term> keys = rule.path().subList(constant, rule.path().size());
        sources.computeIfAbsent(node(path), n -> new ArrayList<>()).add(new Source(module, rule, keys));
    }

    private RuleNode node(List<String> path) {
        RuleNode node = root;
        for (int i = 0; i < path.size(); i++) {
            List<String> prefix = path.subList(0, i + 1);
            node = node.children().computeIfAbsent(path.get(i), name -> new RuleNode(prefix));
        }
        return node;
    }

    /** A rule whose head has variable keys takes in the rules written for single keys of the same object. */
    private void fold(RuleNode node) {
        List<Source> here = sources.getOrDefault(node, List.of());
        if (here.stream().anyMatch(source -> !source.keys.isEmpty())) {
            List<Source> all = new ArrayList<>(here);
            collect(node, List.of(), all);
            sources.put(node, all);
            node.children().clear();
        }
        node.children().values().forEach(this::fold);
    }

    private void collect(RuleNode node, List<Term> keys, List<Source> into) {
        node.children().forEach((name, child) -> {
            List<Term> below = new ArrayList<>(keys);
            below.add(new Term.Scalar(new StringValue(name), Position.NOWHERE));
            for (Source source : sources.getOrDefault(child, List.of())) {
                List<Term> joined = new ArrayList<>(below);
                joined.addAll(source.keys);
                into.add(new Source(source.module, source.rule, joined));
            }
            collect(child, below, into);
        });
    }

    private void group(RuleNode node) {
        List<Source> here = sources.getOrDefault(node, List.of());
        if (!here.isEmpty()) {
            RuleGroup.Kind kind = kind(node, here);
            Rule first = here.getFirst().rule;
            int arity = first.arguments() == null ? 0 : first.arguments().size();
            RuleGroup group = new RuleGroup(groups.size(), node.path(), kind, arity);
            node.setGroup(group);
            groups.put(group, here);
            if (!node.children().isEmpty()) {
                problems.add(
                        "rego_type_error",
                        "rule " + group.name() + " conflicts with rules or packages below it",
                        first.at());
            }
        }
        node.children().values().forEach(this::group);
    }

    private RuleGroup.Kind kind(RuleNode node, List<Source> here) {
        Set<RuleGroup.Kind> kinds = new LinkedHashSet<>();
        boolean object = here.stream().anyMatch(source -> !source.keys.isEmpty());
        Set<Integer> arities = new HashSet<>();
        int defaults = 0;
        for (Source source : here) {
            Rule rule = source.rule;
            List<Term> arguments = rule.arguments();
            if (arguments != null) {
                kinds.add(RuleGroup.Kind.FUNCTION);
                arities.add(arguments.size());
            } else if (object && !source.keys.isEmpty()) {
                kinds.add(RuleGroup.Kind.OBJECT);
            } else {
                kinds.add(rule.member() != null ? RuleGroup.Kind.SET : RuleGroup.Kind.COMPLETE);
            }
            defaults += rule.isDefault() ? 1 : 0;
        }
        Position at = here.getLast().rule.at();
        String name = "data." + String.join(".", node.path());
        if (kinds.size() > 1 || arities.size() > 1) {
            problems.add("rego_type_error", "conflicting rules " + name + " found", at);
        }
        if (defaults > 1 && !object) {
            problems.add("rego_type_error", "multiple default rules " + name + " found", at);
        }
        return kinds.iterator().next();
    }

    Probes probes() {
        return probes;
    }

    RuleNode root() {
        return root;
    }

    @Nullable
    RuleNode find(List<String> path) {
        RuleNode node = root;
        for (String name : path) {
            node = node == null ? null : node.child(name);
        }
        return node;
    }

    Map<RuleGroup, List<Source>> groups() {
        return groups;
    }

    /** Names that rules define in a package. */
    Set<String> namesIn(List<String> path) {
        return names.getOrDefault(path, Set.of());
    }

    /** From now on dependencies are this group's; null for a query's, which are of no interest. */
    void planning(@Nullable RuleGroup group) {
        current = group == null ? new HashSet<>() : dependencies.computeIfAbsent(group, g -> new LinkedHashSet<>());
    }

    /** The rules being planned use those at and below a node. */
    void depend(RuleNode node) {
        RuleGroup group = node.group();
        if (group != null) {
            current.add(group);
        }
        node.children().values().forEach(this::depend);
    }

    Map<RuleGroup, Set<RuleGroup>> dependencies() {
        return dependencies;
    }
}
