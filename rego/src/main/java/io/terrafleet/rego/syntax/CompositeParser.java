package io.terrafleet.rego.syntax;

import io.terrafleet.rego.problem.Position;
import io.terrafleet.rego.problem.RegoException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses what stands in brackets: arrays, objects, sets, comprehensions, arguments, parentheses. */
final class CompositeParser {
    private final TokenStream tokens;
    private final TermParser terms;
    private final BodyParser bodies;

    CompositeParser(TokenStream tokens, TermParser terms, BodyParser bodies) {
        this.tokens = tokens;
        this.terms = terms;
        this.bodies = bodies;
    }

    /** Null when no bracket starts here. */
    @Nullable
    Term composite() {
        Token token = tokens.peek();
        if (token.is("(")) {
            tokens.next();
            Term inner = terms.nested(terms::termOrPairIn);
            tokens.expect(")");
            return inner;
        }
        if (token.is("[")) {
            return array();
        }
        return token.is("{") ? braces() : null;
    }

    /** {@code set()}, or null when something else follows. */
    @Nullable
    Term emptySet() {
        int mark = tokens.mark();
        Token set = tokens.next();
        if (tokens.peek().glued() && tokens.accept("(") && tokens.accept(")")) {
            return new Term.SetTerm(List.of(), set.at());
        }
        tokens.reset(mark);
        return null;
    }

    List<Term> arguments() {
        tokens.expect("(");
        List<Term> arguments = terms.nested(() -> list(")", new ArrayList<>()));
        tokens.expect(")");
        return arguments;
    }

    private Term array() {
        Position at = tokens.expect("[").at();
        if (tokens.accept("]")) {
            return new Term.ArrayTerm(List.of(), at);
        }
        int mark = tokens.mark();
        Term head = terms.headTerm();
        Body body = tokens.peek().is("|") ? comprehensionBody("]") : null;
        if (body != null) {
            return new Term.ArrayComprehension(head, body, at);
        }
        tokens.reset(mark);
        List<Term> items = terms.nested(() -> list("]", new ArrayList<>()));
        tokens.expect("]");
        return new Term.ArrayTerm(items, at);
    }

    private Term braces() {
        Position at = tokens.expect("{").at();
        if (tokens.accept("}")) {
            return new Term.ObjectTerm(List.of(), at);
        }
        int mark = tokens.mark();
        Term head = terms.headTerm();
        if (tokens.accept(":")) {
            Term value = terms.headTerm();
            Body body = tokens.peek().is("|") ? comprehensionBody("}") : null;
            if (body != null) {
                return new Term.ObjectComprehension(head, value, body, at);
            }
            tokens.reset(mark);
            return object(at);
        }
        Body body = tokens.peek().is("|") ? comprehensionBody("}") : null;
        if (body != null) {
            return new Term.SetComprehension(head, body, at);
        }
        tokens.reset(mark);
        List<Term> members = terms.nested(() -> list("}", new ArrayList<>()));
        tokens.expect("}");
        return new Term.SetTerm(members, at);
    }

    private Term object(Position at) {
        List<Term.Entry> entries = terms.nested(() -> {
            List<Term.Entry> collected = new ArrayList<>();
            do {
                if (tokens.peek().is("}")) {
                    break;
                }
                Term key = terms.term();
                tokens.expect(":");
                collected.add(new Term.Entry(key, terms.term()));
            } while (tokens.accept(","));
            return collected;
        });
        tokens.expect("}");
        return new Term.ObjectTerm(entries, at);
    }

    private List<Term> list(String end, List<Term> items) {
        do {
            if (tokens.peek().is(end)) {
                break;
            }
            items.add(terms.term());
        } while (tokens.accept(","));
        if (!tokens.peek().is(end)) {
            throw tokens.unexpected("expected \",\" or \"" + end + "\"");
        }
        return items;
    }

    /** The body after {@code |}, or null when it turns out that {@code |} was the union of two sets in a list. */
    private @Nullable Body comprehensionBody(String end) {
        int mark = tokens.mark();
        tokens.expect("|");
        try {
            Body body = terms.nested(() -> bodies.literals(end));
            tokens.expect(end);
            return body;
        } catch (RegoException e) {
            if (!tokens.peek().is(",")) {
                throw e;
            }
            tokens.reset(mark);
            return null;
        }
    }
}
