package io.terrafleet.policy.evaluation;

import io.terrafleet.policy.evaluation.Configuration.Scope;
import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Follows the references of an expression through variables, module calls and outputs to the resources that they end at. The
 * plan's configuration does not show local values: they end a path and are told as {@link Found#untraced}.
 */
final class References {
    private static final int DEEPEST = 100;

    /** {@link Target#each} when the key of the referring resource itself chooses the instance. */
    static final int OWN_KEY = Integer.MAX_VALUE;

    private static final int NO_KEY = -1;
    private static final int MOST_COMPARED = 1_000;

    private final Configuration configuration;
    private final Map<String, Found> variablesAndOutputs = new HashMap<>();

    /**
     * A resource that is referred to.
     *
     * @param attribute the first attribute; empty when the whole resource is meant
     * @param key the instance that the reference names; empty when it names none
     * @param anchor depth of the outermost module on the way: instances of modules above agree on their keys
     * @param each depth of the module call whose key chooses the instance, {@link #OWN_KEY}, or -1
     * @param moduleKeys depth of a module call → the instance of the module that the reference names
     */
    record Target(
            String scope,
            String resource,
            String attribute,
            String key,
            int anchor,
            int each,
            Map<Integer, String> moduleKeys) {
        Target through(int depth, int chooser) {
            return new Target(
                    scope,
                    resource,
                    attribute,
                    key,
                    Math.min(anchor, depth),
                    each == NO_KEY ? chooser : each,
                    moduleKeys);
        }

        Target inModule(int depth, String moduleKey) {
            Map<Integer, String> keys = new HashMap<>(moduleKeys);
            keys.put(depth, moduleKey);
            return new Target(scope, resource, attribute, key, anchor, each, Map.copyOf(keys));
        }
    }

    record Found(Set<Target> targets, Set<String> untraced) {
        static Found nothing() {
            return new Found(new LinkedHashSet<>(), new LinkedHashSet<>());
        }

        private void add(Found other, int depth, int chooser) {
            other.targets.forEach(target -> targets.add(target.through(depth, chooser)));
            untraced.addAll(other.untraced);
        }
    }

    References(Configuration configuration) {
        this.configuration = configuration;
    }

    /** Everything that an expression (or block, or list of blocks) of a resource refers to. */
    Found of(Value expression, Scope scope, ObjectValue resource) {
        return follow(expression, scope, resource, OWN_KEY, 0);
    }

    private Found follow(Value expression, Scope scope, ObjectValue owner, int ownersEach, int depth) {
        List<Reference> references = significant(expression);
        boolean chosen = references.stream().anyMatch(reference -> iterates(reference.word(0)));
        Found found = Found.nothing();
        for (Reference reference : references) {
            found.add(one(reference, scope, owner, ownersEach, depth + 1), scope.depth(), chosen ? ownersEach : NO_KEY);
        }
        return found;
    }

    private static boolean iterates(String word) {
        return word.equals("each") || word.equals("count");
    }

    private Found one(Reference reference, Scope scope, ObjectValue owner, int ownersEach, int depth) {
        if (depth > DEEPEST) {
            return untraced(reference);
        }
        return switch (reference.word(0)) {
            case "var" -> variable(reference.word(1), scope, depth);
            case "module" -> output(reference, scope, depth);
            case "each" ->
                reference.word(1).equals("key") || owner.get("for_each_expression") == null
                        ? Found.nothing()
                        : forEach(owner, scope, ownersEach, depth);
            case "count", "path", "terraform", "self" -> Found.nothing();
            case "local" -> untraced(reference);
            case "data" -> target(reference, 1, "data." + reference.word(1) + "." + reference.word(2), scope);
            default -> target(reference, 0, reference.word(0) + "." + reference.word(1), scope);
        };
    }

    private Found forEach(ObjectValue owner, Scope scope, int ownersEach, int depth) {
        Value expression = owner.get("for_each_expression");
        return expression == null ? Found.nothing() : follow(expression, scope, ObjectValue.EMPTY, ownersEach, depth);
    }

    private static Found untraced(Reference reference) {
        Found found = Found.nothing();
        found.untraced.add(reference.text());
        return found;
    }

    private static Found target(Reference reference, int offset, String resource, Scope scope) {
        Found found = Found.nothing();
        found.targets.add(new Target(
                scope.path(),
                resource,
                reference.word(offset + 2),
                reference.key(offset + 1),
                scope.depth(),
                NO_KEY,
                Map.of()));
        return found;
    }

    /** What a variable's value is made of: that of the root is known, that of a module is the call's argument or the default. */
    private Found variable(String name, Scope scope, int depth) {
        Scope parent = scope.parent();
        ObjectValue call = scope.call();
        if (parent == null || call == null) {
            return Found.nothing();
        }
        Value argument = Tree.object(call, "expressions").get(name);
        return argument == null
                ? Found.nothing()
                : remembered(scope.path() + "|var." + name, argument, parent, call, parent.depth(), depth);
    }

    private Found output(Reference reference, Scope scope, int depth) {
        Scope child = configuration.scope(scope.child(reference.word(1)));
        if (child == null) {
            return untraced(reference);
        }
        ObjectValue outputs = Tree.object(child.module(), "outputs");
        Found found = Found.nothing();
        for (Value name : reference.word(2).isEmpty() ? outputs.keys() : List.of(Value.of(reference.word(2)))) {
            Value expression = Tree.at(outputs.get(name), "expression");
            if (expression != null && name instanceof StringValue word) {
                String memory = child.path() + "|output." + word.value();
                found.add(
                        remembered(memory, expression, child, ObjectValue.EMPTY, NO_KEY, depth), scope.depth(), NO_KEY);
            }
        }
        return reference.key(1).isEmpty() ? found : inModule(found, scope.depth(), reference.key(1));
    }

    private static Found inModule(Found found, int depth, String key) {
        Found narrowed = Found.nothing();
        found.targets.forEach(target -> narrowed.targets.add(target.inModule(depth, key)));
        narrowed.untraced.addAll(found.untraced);
        return narrowed;
    }

    private Found remembered(String name, Value expression, Scope scope, ObjectValue owner, int ownersEach, int depth) {
        Found known = variablesAndOutputs.get(name);
        if (known != null) {
            return known;
        }
        variablesAndOutputs.put(name, Found.nothing());
        Found found = follow(expression, scope, owner, ownersEach, depth);
        variablesAndOutputs.put(name, found);
        return found;
    }

    /** All references inside, without those that a longer one includes. */
    private static List<Reference> significant(Value expression) {
        Set<String> texts = new LinkedHashSet<>();
        gather(expression, texts, 0);
        List<Reference> references = texts.stream().map(Reference::of).toList();
        if (references.size() > MOST_COMPARED) {
            return references;
        }
        List<Reference> kept = new ArrayList<>();
        for (Reference reference : references) {
            if (references.stream().noneMatch(other -> other.extendsBeyond(reference.text()))) {
                kept.add(reference);
            }
        }
        return kept;
    }

    private static void gather(@Nullable Value expression, Set<String> texts, int depth) {
        if (depth > DEEPEST) {
            return;
        }
        if (expression instanceof ArrayValue blocks) {
            blocks.list().forEach(block -> gather(block, texts, depth + 1));
        } else if (expression instanceof ObjectValue object && object.get("constant_value") == null) {
            Value references = object.get("references");
            if (references instanceof ArrayValue list) {
                list.list().forEach(item -> {
                    if (item instanceof StringValue text) {
                        texts.add(text.value());
                    }
                });
            } else {
                object.values().forEach(value -> gather(value, texts, depth + 1));
            }
        }
    }
}
