package io.terrafleet.rego.plan;

import io.terrafleet.rego.syntax.Variable;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The local variables of a body, inside those of the bodies around it. */
final class LexicalScope {
    private final @Nullable LexicalScope outer;
    private final int depth;
    private final Slots slots;
    private final Map<String, Variable> variables = new HashMap<>();
    private final Set<String> declared = new HashSet<>();

    private LexicalScope(@Nullable LexicalScope outer, int depth, Slots slots) {
        this.outer = outer;
        this.depth = depth;
        this.slots = slots;
    }

    static LexicalScope root(Slots slots) {
        return new LexicalScope(null, 0, slots);
    }

    /** A body that runs in its own right: a comprehension's, an every's. */
    LexicalScope closure() {
        return new LexicalScope(this, depth + 1, slots);
    }

    /** A rule's body inside its arguments. */
    LexicalScope inner() {
        return new LexicalScope(this, depth, slots);
    }

    @Nullable
    Variable find(String name) {
        Variable here = variables.get(name);
        return here != null || outer == null ? here : outer.find(name);
    }

    /** A variable that is used without being declared. */
    Variable imply(String name) {
        Variable variable = new Variable(name, slots.next(), depth);
        variables.put(name, variable);
        return variable;
    }

    Variable wildcard() {
        return new Variable("_", slots.next(), depth);
    }

    /** Declares a variable; false when this body has already declared the name. */
    boolean declare(String name) {
        variables.put(name, new Variable(name, slots.next(), depth));
        return declared.add(name);
    }

    Map<String, Variable> own() {
        return variables;
    }
}
