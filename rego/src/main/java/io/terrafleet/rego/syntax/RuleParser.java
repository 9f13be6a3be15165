package io.terrafleet.rego.syntax;

import io.terrafleet.rego.problem.Position;
import io.terrafleet.rego.problem.RegoException;
import io.terrafleet.rego.value.BoolValue;
import io.terrafleet.rego.value.StringValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parses rules. */
final class RuleParser {
    private final TokenStream tokens;
    private final TermParser terms;
    private final BodyParser bodies;
    private boolean endsInBracket;

    private final boolean old;

    RuleParser(TokenStream tokens, TermParser terms, Language language) {
        this.old = language == Language.V0;
        this.tokens = tokens;
        this.terms = terms;
        this.bodies = new BodyParser(tokens, terms);
    }

    /** One rule, or in version 0 as many as it has bodies. */
    List<Rule> rules() {
        List<Rule> rules = new ArrayList<>();
        Rule first = rule();
        rules.add(first);
        while (old && tokens.peek().is("{") && !first.body().literals().isEmpty()) {
            Body body = bodies.braced();
            Position at = tokens.peek().at();
            rules.add(new Rule(
                    first.path(), first.arguments(), first.member(), first.value(), body, otherwise(), false, at));
        }
        return rules;
    }

    private Rule rule() {
        Position at = tokens.peek().at();
        boolean isDefault = tokens.peek().is("default") && !terms.startsName() && tokens.accept("default");
        List<Term> path = path();
        boolean bracketed = endsInBracket;
        List<Term> arguments = arguments();
        Term member = null;
        if (tokens.peek().is("contains") && !terms.startsName()) {
            tokens.next();
            member = terms.term();
        }
        Term value = assigned(at);
        if (old
                && bracketed
                && path.size() == 2
                && value == null
                && !tokens.peek().is("if")) {
            member = path.removeLast();
        }
        boolean hasValue = value != null || member != null;
        Body body = body();
        if (body == null && !hasValue && path.size() == 1 && arguments == null) {
            throw TokenStream.error(at, "rule " + nameOf(path) + " must have a value assignment and/or a body");
        }
        if (isDefault && value != null && !Constants.isConstant(value)) {
            throw TokenStream.error(
                    value.at(), "illegal default rule (the value must be constant): default " + nameOf(path));
        }
        if (isDefault && (value == null || body != null || member != null)) {
            throw TokenStream.error(at, "default rules take a value and no body: default " + nameOf(path) + " := …");
        }
        if (isDefault && arguments != null && arguments.stream().anyMatch(each -> !(each instanceof Term.Var))) {
            throw TokenStream.error(at, "illegal default rule (arguments must be variables): default " + nameOf(path));
        }
        Rule otherwise = otherwise();
        return new Rule(
                path, arguments, member, orTrue(value, at), body == null ? Body.EMPTY : body, otherwise, isDefault, at);
    }

    private static String nameOf(List<Term> path) {
        return path.getFirst() instanceof Term.Scalar(StringValue name, Position at) ? name.value() : "?";
    }

    private static Term orTrue(@Nullable Term value, Position at) {
        return value == null ? new Term.Scalar(BoolValue.TRUE, at) : value;
    }

    private List<Term> path() {
        Token first = tokens.peek();
        if (!terms.startsName()) {
            throw tokens.unexpected("expected a rule");
        }
        tokens.next();
        endsInBracket = false;
        List<Term> path = new ArrayList<>();
        path.add(new Term.Scalar(new StringValue(first.text()), first.at()));
        while (true) {
            Token token = tokens.peek();
            if (token.glued() && tokens.accept(".")) {
                path.add(terms.name());
                endsInBracket = false;
            } else if (token.glued() && tokens.accept("[")) {
                path.add(terms.nested(terms::term));
                tokens.expect("]");
                endsInBracket = true;
            } else {
                return path;
            }
        }
    }

    private @Nullable List<Term> arguments() {
        if (!tokens.peek().is("(") || !tokens.peek().glued()) {
            return null;
        }
        tokens.next();
        List<Term> arguments = new ArrayList<>();
        while (!tokens.accept(")")) {
            arguments.add(terms.nested(terms::term));
            if (!tokens.peek().is(")")) {
                tokens.expect(",");
            }
        }
        return arguments;
    }

    private @Nullable Term assigned(Position at) {
        boolean found = tokens.accept(":=") || tokens.accept("=");
        if (!old && !found && tokens.peek().is("{")) {
            throw TokenStream.error(
                    at, "`if` keyword is required before a rule's body, and `contains` for rules that build sets");
        }
        return found ? terms.termOrPairIn() : null;
    }

    private @Nullable Body body() {
        if (tokens.peek().is("if") && !terms.startsName()) {
            tokens.next();
            return tokens.peek().is("{") ? bracedOrLiteral() : new Body(List.of(bodies.literal()));
        }
        if (old && tokens.peek().is("{")) {
            return bodies.braced();
        }
        if (tokens.peek().is("{")) {
            throw tokens.unexpected("`if` keyword is required before a rule's body");
        }
        return null;
    }

    /** A brace after {@code if} opens a body, unless what it closes is only the start of a term. */
    private Body bracedOrLiteral() {
        int mark = tokens.mark();
        try {
            return bodies.braced();
        } catch (RegoException asBody) {
            tokens.reset(mark);
            try {
                return new Body(List.of(bodies.literal()));
            } catch (RegoException asTerm) {
                asBody.addSuppressed(asTerm);
                throw asBody;
            }
        }
    }

    private @Nullable Rule otherwise() {
        if (!tokens.peek().is("else") || terms.startsName()) {
            return null;
        }
        Position at = tokens.next().at();
        Term value = assigned(at);
        Body body = body();
        if (value == null && body == null) {
            throw TokenStream.error(at, "else must have a value assignment and/or a body");
        }
        return new Rule(
                List.of(), null, null, orTrue(value, at), body == null ? Body.EMPTY : body, otherwise(), false, at);
    }
}
