package io.terrafleet.rego.syntax;

import io.terrafleet.rego.problem.Position;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses bodies and their literals. */
final class BodyParser {
    private final TokenStream tokens;
    private final TermParser terms;

    BodyParser(TokenStream tokens, TermParser terms) {
        this.tokens = tokens;
        this.terms = terms;
    }

    /** {@code { literals }} */
    Body braced() {
        Position at = tokens.expect("{").at();
        Body body = terms.nested(() -> literals("}"));
        if (body.literals().isEmpty()) {
            throw TokenStream.error(at, "found empty body");
        }
        tokens.expect("}");
        return body;
    }

    /** Literals up to, and not including, the end symbol. */
    Body literals(String end) {
        List<Literal> literals = new ArrayList<>();
        while (!tokens.peek().is(end)) {
            literals.add(literal());
            Token token = tokens.peek();
            if (!tokens.accept(";") && !token.is(end) && !token.newline()) {
                throw tokens.unexpected("expected a new line, \";\" or \"" + end + "\"");
            }
        }
        return new Body(literals);
    }

    Literal literal() {
        Position at = tokens.peek().at();
        boolean negated = keyword("not");
        Literal.Expression expression;
        if (keyword("some")) {
            expression = some();
        } else if (keyword("every")) {
            expression = every();
        } else {
            expression = expression();
        }
        List<Literal.With> modifiers = new ArrayList<>();
        while (tokens.peek().is("with") && !terms.startsName()) {
            Position withAt = tokens.next().at();
            Term target = terms.postfix();
            tokens.expect("as");
            modifiers.add(new Literal.With(target, terms.relation(), withAt));
        }
        return new Literal(expression, negated, modifiers, at);
    }

    private boolean keyword(String word) {
        return tokens.peek().is(word) && !terms.startsName() && tokens.accept(word);
    }

    private Literal.Expression expression() {
        Term left = terms.termOrPairIn();
        if (tokens.accept(":=")) {
            return new Literal.Assign(left, terms.termOrPairIn());
        }
        return tokens.accept("=") ? new Literal.Unify(left, terms.termOrPairIn()) : new Literal.Check(left);
    }

    private Literal.Expression some() {
        Position at = tokens.peek().at();
        List<Term> names = new ArrayList<>();
        do {
            names.add(terms.relation());
        } while (tokens.accept(","));
        if (tokens.accept("in")) {
            if (names.size() > 2) {
                throw TokenStream.error(at, "some … in takes one or two terms before \"in\"");
            }
            return new Literal.SomeIn(names.size() == 2 ? names.getFirst() : null, names.getLast(), terms.relation());
        }
        List<Term.Var> variables = new ArrayList<>();
        for (Term name : names) {
            if (!(name instanceof Term.Var variable)) {
                throw TokenStream.error(name.at(), "some declares variables: expected a name, or \"in\" after a term");
            }
            variables.add(variable);
        }
        return new Literal.SomeNames(variables);
    }

    private Literal.Expression every() {
        Term first = variable();
        @Nullable Term key = null;
        Term value = first;
        if (tokens.accept(",")) {
            key = first;
            value = variable();
        }
        tokens.expect("in");
        Term domain = terms.relation();
        return new Literal.Every(key, value, domain, braced());
    }

    private Term variable() {
        Term term = terms.relation();
        if (!(term instanceof Term.Var)) {
            throw TokenStream.error(term.at(), "every binds variables: expected a name");
        }
        return term;
    }
}
