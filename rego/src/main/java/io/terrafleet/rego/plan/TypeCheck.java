package io.terrafleet.rego.plan;

import io.terrafleet.rego.builtin.Signatures;
import io.terrafleet.rego.builtin.Signatures.Signature;
import io.terrafleet.rego.problem.Position;
import io.terrafleet.rego.problem.RegoException;
import io.terrafleet.rego.syntax.Term;
import io.terrafleet.rego.syntax.Variable;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds built-in functions that are given what they can never work on. Types are letters, see {@link Signatures}. */
final class TypeCheck {
    private final Map<Variable, String> variables = new HashMap<>();

    /** A variable is what it is assigned. */
    void assigned(Term target, Term value) {
        if (target instanceof Term.Local local) {
            variables.put(local.variable(), types(value));
        }
    }

    void call(Term.Call call) {
        if (!(call.operator() instanceof Term.Builtin(String name, Position at))) {
            return;
        }
        Signature signature = Signatures.of(name);
        List<Term> arguments = call.arguments();
        if (signature == null || signature.operands().size() != arguments.size()) {
            return;
        }
        for (int i = 0; i < arguments.size(); i++) {
            String given = types(arguments.get(i));
            String wanted = signature.operands().get(i);
            if (given.chars().noneMatch(type -> wanted.indexOf(type) >= 0)) {
                throw new RegoException(
                        "rego_type_error",
                        name + ": invalid argument(s): operand " + (i + 1) + " is " + words(given) + ", not "
                                + words(wanted),
                        call.at());
            }
        }
    }

    private String types(Term term) {
        return switch (term) {
            case Term.Scalar scalar -> Signatures.letter(scalar.value().typeName());
            case Term.Local local -> variables.getOrDefault(local.variable(), Signatures.any());
            case Term.ArrayTerm a -> "a";
            case Term.ArrayComprehension a -> "a";
            case Term.SetTerm s -> "e";
            case Term.SetComprehension s -> "e";
            case Term.ObjectTerm o -> "o";
            case Term.ObjectComprehension o -> "o";
            case Term.Template t -> "s";
            case Term.Call call -> result(call);
            case Term.Var v -> Signatures.any();
            case Term.Ref r -> Signatures.any();
            case Term.Root r -> Signatures.any();
            case Term.Builtin b -> Signatures.any();
        };
    }

    private static String result(Term.Call call) {
        Signature signature =
                call.operator() instanceof Term.Builtin(String name, Position at) ? Signatures.of(name) : null;
        return signature == null ? Signatures.any() : signature.result();
    }

    private static String words(String types) {
        StringBuilder words = new StringBuilder();
        for (int i = 0; i < types.length(); i++) {
            words.append(words.isEmpty() ? "" : " or ")
                    .append(
                            switch (types.charAt(i)) {
                                case 'n' -> "number";
                                case 's' -> "string";
                                case 'b' -> "boolean";
                                case 'a' -> "array";
                                case 'o' -> "object";
                                case 'e' -> "set";
                                default -> "null";
                            });
        }
        return words.toString();
    }
}
