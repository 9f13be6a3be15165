package io.terrafleet.rego.plan;

import io.terrafleet.rego.builtin.BuiltinFunction;
import io.terrafleet.rego.builtin.Builtins;
import io.terrafleet.rego.syntax.Term;
import io.terrafleet.rego.value.StringValue;
import org.jspecify.annotations.Nullable;

/** Names of built-in functions as they appear in a syntax tree. */
final class FunctionNames {
    private FunctionNames() {}

    /** The built-in function that an unresolved name or reference spells, if any. */
    static @Nullable BuiltinFunction builtin(Term term) {
        String name = dotted(term);
        return name == null ? null : Builtins.find(name);
    }

    /** {@code a.b.c} for a name followed by constant strings. */
    static @Nullable String dotted(Term term) {
        if (term instanceof Term.Var(String name, var at)) {
            return name;
        }
        if (!(term instanceof Term.Ref ref) || !(ref.head() instanceof Term.Var(String head, var at))) {
            return null;
        }
        StringBuilder name = new StringBuilder(head);
        for (Term part : ref.path()) {
            if (!(part instanceof Term.Scalar(StringValue text, var p))) {
                return null;
            }
            name.append('.').append(text.value());
        }
        return name.toString();
    }
}
