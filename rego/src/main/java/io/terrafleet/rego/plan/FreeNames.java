package io.terrafleet.rego.plan;

import io.terrafleet.rego.syntax.Body;
import io.terrafleet.rego.syntax.Literal;
import io.terrafleet.rego.syntax.Term;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The names a body mentions outside nested bodies, and those of them it declares. */
final class FreeNames {
    private final Set<String> mentioned = new LinkedHashSet<>();
    private final Set<String> declared = new HashSet<>();

    private FreeNames() {}

    /** Names used but not declared by the body itself. */
    static Set<String> undeclared(Body body, List<Term> head) {
        FreeNames names = new FreeNames();
        body.literals().forEach(names::literal);
        head.forEach(names::mention);
        names.mentioned.removeAll(names.declared);
        return names.mentioned;
    }

    /** The variables of a pattern: names that are not inside references or calls. */
    static Set<String> ofPattern(Term pattern) {
        FreeNames names = new FreeNames();
        names.declare(pattern);
        return names.declared;
    }

    private void literal(Literal literal) {
        switch (literal.expression()) {
            case Literal.Check(Term term) -> mention(term);
            case Literal.Unify(Term left, Term right) -> {
                mention(left);
                mention(right);
            }
            case Literal.Assign(Term target, Term value) -> {
                declare(target);
                mention(value);
            }
            case Literal.SomeNames(List<Term.Var> names) -> names.forEach(this::declare);
            case Literal.SomeIn(Term key, Term value, Term domain) -> {
                declare(key);
                declare(value);
                mention(domain);
            }
            case Literal.Every every -> mention(every.domain());
        }
        literal.modifiers().forEach(with -> mentionValue(with.value()));
    }

    private void mentionValue(Term value) {
        if (FunctionNames.builtin(value) == null) {
            mention(value);
        }
    }

    private void mention(Term term) {
        switch (term) {
            case Term.Var(String name, var at) -> mentioned.add(name);
            case Term.Ref ref -> {
                mention(ref.head());
                ref.path().forEach(this::mention);
            }
            case Term.Call call -> {
                if (!isPrint(call)) {
                    call.arguments().forEach(this::mention);
                }
            }
            case Term.ArrayTerm array -> array.items().forEach(this::mention);
            case Term.SetTerm set -> set.members().forEach(this::mention);
            case Term.ObjectTerm object ->
                object.entries().forEach(entry -> {
                    mention(entry.key());
                    mention(entry.value());
                });
            case Term.Scalar s -> {}
            case Term.Local l -> {}
            case Term.Root r -> {}
            case Term.Builtin b -> {}
            case Term.ArrayComprehension c -> {}
            case Term.SetComprehension c -> {}
            case Term.ObjectComprehension c -> {}
            case Term.Template t -> {}
        }
    }

    static boolean isPrint(Term.Call call) {
        return call.operator() instanceof Term.Var(String name, var at) && name.equals("print");
    }

    private void declare(@Nullable Term pattern) {
        switch (pattern) {
            case Term.Var(String name, var at) -> declared.add(name);
            case Term.ArrayTerm array -> array.items().forEach(this::declare);
            case Term.ObjectTerm object ->
                object.entries().forEach(entry -> {
                    declare(entry.value());
                    mention(entry.key());
                });
            case null -> {}
            default -> mention(pattern);
        }
    }
}
