package io.terrafleet.rego.syntax;

import io.terrafleet.rego.problem.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** One line of a body: an expression under its {@code with} modifiers. */
public record Literal(Expression expression, boolean negated, List<With> modifiers, Position at) {
    public Literal {
        modifiers = List.copyOf(modifiers);
    }

    /** What a literal can say. */
    public sealed interface Expression {}

    /** Holds when the term is defined and not false. */
    public record Check(Term term) implements Expression {}

    /** {@code left = right} */
    public record Unify(Term left, Term right) implements Expression {}

    /** {@code target := value} */
    public record Assign(Term target, Term value) implements Expression {}

    /** {@code some x, y} */
    public record SomeNames(List<Term.Var> names) implements Expression {
        public SomeNames {
            names = List.copyOf(names);
        }
    }

    /** {@code some key, value in domain} */
    public record SomeIn(@Nullable Term key, Term value, Term domain) implements Expression {}

    /** {@code every key, value in domain { body }} */
    public record Every(@Nullable Term key, Term value, Term domain, Body body) implements Expression {}

    /** {@code with target as value} */
    public record With(Term target, Term value, Position at) {}
}
