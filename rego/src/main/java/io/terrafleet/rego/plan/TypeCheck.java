package io.terrafleet.rego.plan;

import io.terrafleet.rego.builtin.Signatures;
import io.terrafleet.rego.builtin.Signatures.Signature;
import io.terrafleet.rego.evaluation.RuleGroup;
import io.terrafleet.rego.evaluation.RuleNode;
import io.terrafleet.rego.problem.Position;
import io.terrafleet.rego.problem.RegoException;
import io.terrafleet.rego.syntax.Rule;
import io.terrafleet.rego.syntax.Term;
import io.terrafleet.rego.syntax.Variable;
import io.terrafleet.rego.value.StringValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Finds what can never work: built-in functions that are given the wrong types, comparisons of types that are never equal, references
 * into what has no parts. Types are letters, see {@link Signatures}.
 */
final class TypeCheck {
    private static final String WITH_PARTS = "aoe";

    private final RuleTree tree;
    private final Map<Variable, String> variables = new HashMap<>();

    TypeCheck(RuleTree tree) {
        this.tree = tree;
    }

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

    /** Two terms that must be equal. */
    void match(Term left, Term right, Position at) {
        String some = types(left);
        String other = types(right);
        if (some.chars().noneMatch(type -> other.indexOf(type) >= 0)) {
            throw new RegoException("rego_type_error", "match error: " + words(some) + " is never " + words(other), at);
        }
    }

    /** What a reference goes into. */
    void reference(Term.Ref ref) {
        if (ref.head() instanceof Term.Local && !ref.path().isEmpty()) {
            parts(types(ref.head()), ref.at());
        }
    }

    /** What a reference goes into beyond a rule's own name. */
    void below(RuleGroup group, Position at) {
        parts(types(group), at);
    }

    private static void parts(String types, Position at) {
        if (types.chars().noneMatch(type -> WITH_PARTS.indexOf(type) >= 0)) {
            throw new RegoException("rego_type_error", "undefined ref: " + words(types) + " has no parts", at);
        }
    }

    /** Of a rule whose every value is written as a constant; any type otherwise. */
    private String types(RuleGroup group) {
        StringBuilder types = new StringBuilder();
        for (RuleTree.Source source : tree.groups().getOrDefault(group, List.of())) {
            for (Rule rule = source.rule(); rule != null; rule = rule.otherwise()) {
                if (group.kind() != RuleGroup.Kind.COMPLETE || !(rule.value() instanceof Term.Scalar scalar)) {
                    return Signatures.any();
                }
                types.append(Signatures.letter(scalar.value().typeName()));
            }
        }
        return types.isEmpty() ? Signatures.any() : types.toString();
    }

    private String types(Term.Ref ref) {
        List<String> path = new ArrayList<>();
        for (Term part : ref.path()) {
            if (!(part instanceof Term.Scalar(StringValue name, Position at))) {
                return Signatures.any();
            }
            path.add(name.value());
        }
        boolean data = ref.head() instanceof Term.Root root && root.document() == Term.Document.DATA;
        RuleNode node = data ? tree.find(path) : null;
        return node == null || node.group() == null ? Signatures.any() : types(node.group());
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
            case Term.Ref ref -> types(ref);
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
            if (types.indexOf(types.charAt(i)) < i) {
                continue;
            }
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
