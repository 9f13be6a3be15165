package io.terrafleet.rego.syntax;

import io.terrafleet.rego.problem.Position;
import io.terrafleet.rego.problem.RegoException;
import io.terrafleet.rego.syntax.Token.Kind;
import io.terrafleet.rego.value.BoolValue;
import io.terrafleet.rego.value.NullValue;
import io.terrafleet.rego.value.NumberValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Parses terms: operators by precedence, references and calls, constants. Composites are {@link CompositeParser}'s. */
final class TermParser {
    private static final Map<String, String> RELATIONS =
            Map.of("==", "equal", "!=", "neq", "<", "lt", "<=", "lte", ">", "gt", ">=", "gte");
    private static final Map<String, String> SUMS = Map.of("+", "plus", "-", "minus");
    private static final Map<String, String> PRODUCTS = Map.of("*", "mul", "/", "div", "%", "rem");

    private final String source;
    private final TokenStream tokens;
    private final CompositeParser composites;
    private boolean pipeIsOperator = true;

    TermParser(String source, TokenStream tokens) {
        this.source = source;
        this.tokens = tokens;
        this.composites = new CompositeParser(tokens, this, new BodyParser(tokens, this));
    }

    /** A term, including {@code x in xs}. */
    Term term() {
        tokens.enter();
        try {
            Term left = relation();
            while (infixIn()) {
                Position at = tokens.next().at();
                left = builtin("internal.member_2", at, left, relation());
            }
            return left;
        } finally {
            tokens.leave();
        }
    }

    /** A term, or {@code key, value in xs}, which is only allowed where a comma means nothing else. */
    Term termOrPairIn() {
        Term first = term();
        int mark = tokens.mark();
        if (!tokens.peek().is(",")) {
            return first;
        }
        Position at = tokens.next().at();
        Term value = relation();
        if (!tokens.accept("in")) {
            tokens.reset(mark);
            return first;
        }
        return builtin("internal.member_3", at, first, value, relation());
    }

    /** A term in which {@code |} ends it, as in a comprehension's head. */
    Term headTerm() {
        return with(false, this::term);
    }

    /** Runs a nested parse inside brackets, where {@code |} is an operator again. */
    <T> T nested(Supplier<T> parse) {
        return with(true, parse);
    }

    private <T> T with(boolean pipe, Supplier<T> parse) {
        boolean before = pipeIsOperator;
        pipeIsOperator = pipe;
        try {
            return parse.get();
        } finally {
            pipeIsOperator = before;
        }
    }

    Term relation() {
        Term left = union();
        while (RELATIONS.containsKey(symbol())) {
            String name = symbol();
            Position at = tokens.next().at();
            left = builtin(RELATIONS.getOrDefault(name, name), at, left, union());
        }
        return left;
    }

    private Term union() {
        Term left = intersection();
        while (pipeIsOperator && tokens.peek().is("|")) {
            Position at = tokens.next().at();
            left = builtin("or", at, left, intersection());
        }
        return left;
    }

    private Term intersection() {
        Term left = sum();
        while (tokens.peek().is("&")) {
            Position at = tokens.next().at();
            left = builtin("and", at, left, sum());
        }
        return left;
    }

    private Term sum() {
        Term left = product();
        while (SUMS.containsKey(symbol())) {
            String name = symbol();
            Position at = tokens.next().at();
            left = builtin(SUMS.getOrDefault(name, name), at, left, product());
        }
        return left;
    }

    private Term product() {
        Term left = postfix();
        while (PRODUCTS.containsKey(symbol())) {
            String name = symbol();
            Position at = tokens.next().at();
            left = builtin(PRODUCTS.getOrDefault(name, name), at, left, postfix());
        }
        return left;
    }

    private String symbol() {
        return tokens.peek().kind() == Kind.SYMBOL ? tokens.peek().text() : "";
    }

    private boolean infixIn() {
        return tokens.peek().is("in") && !startsName();
    }

    private static Term builtin(String name, Position at, Term... arguments) {
        return new Term.Call(new Term.Builtin(name, at), List.of(arguments), at);
    }

    /** A primary term and what is glued to it: {@code .name}, {@code [key]}, {@code (arguments)}. */
    Term postfix() {
        Term term = primary();
        List<Term> path = new ArrayList<>();
        while (true) {
            Token token = tokens.peek();
            if (!token.glued() || token.newline()) {
                return reference(term, path);
            } else if (token.is(".")) {
                tokens.next();
                path.add(name());
            } else if (token.is("[") && referable(term)) {
                tokens.next();
                path.add(nested(this::term));
                tokens.expect("]");
            } else if (token.is("(") && callable(term)) {
                Term operator = reference(term, path);
                term = new Term.Call(operator, composites.arguments(), operator.at());
                path = new ArrayList<>();
            } else {
                return reference(term, path);
            }
        }
    }

    private static boolean referable(Term term) {
        return !(term instanceof Term.Scalar);
    }

    private static boolean callable(Term term) {
        return term instanceof Term.Var;
    }

    private static Term reference(Term head, List<Term> path) {
        return path.isEmpty() ? head : new Term.Ref(head, path, head.at());
    }

    /** A name after a dot, as the string it stands for. */
    Term name() {
        Token token = tokens.next();
        if (token.kind() != Kind.NAME && token.kind() != Kind.KEYWORD) {
            throw TokenStream.error(token.at(), "unexpected " + token.described() + ": expected a name after \".\"");
        }
        return new Term.Scalar(new StringValue(token.text()), token.at());
    }

    /** Whether the next token is a name; keywords are, when a reference starts with them. */
    boolean startsName() {
        Token token = tokens.peek();
        if (token.kind() == Kind.NAME) {
            return true;
        }
        Token after = tokens.peekAhead();
        boolean constant = token.is("true") || token.is("false") || token.is("null");
        return token.kind() == Kind.KEYWORD
                && !constant
                && after.glued()
                && !after.newline()
                && (after.is(".") || (token.is("contains") && after.is("(")));
    }

    private Term primary() {
        Token token = tokens.peek();
        Term empty = token.kind() == Kind.NAME && token.text().equals("set") ? composites.emptySet() : null;
        if (empty != null) {
            return empty;
        }
        if (startsName()) {
            tokens.next();
            return new Term.Var(token.text(), token.at());
        }
        Term term = constant(token);
        if (term == null) {
            term = composites.composite();
        }
        if (term == null) {
            throw tokens.unexpected("expected a term");
        }
        return term;
    }

    private @Nullable Term constant(Token token) {
        Value value = null;
        switch (token.kind()) {
            case STRING -> value = new StringValue(token.text());
            case NUMBER -> value = number(token, "");
            case TEMPLATE, RAW_TEMPLATE -> {
                tokens.next();
                return new TemplateParser(source, token).template();
            }
            case KEYWORD -> value = keyword(token.text());
            case SYMBOL -> {
                boolean negative = token.is("-")
                        && tokens.peekAhead().kind() == Kind.NUMBER
                        && tokens.peekAhead().glued();
                if (negative) {
                    tokens.next();
                    value = number(tokens.peek(), "-");
                }
            }
            case NAME, END -> {}
        }
        if (value == null) {
            return null;
        }
        tokens.next();
        return new Term.Scalar(value, token.at());
    }

    private static @Nullable Value keyword(String text) {
        return switch (text) {
            case "true" -> BoolValue.TRUE;
            case "false" -> BoolValue.FALSE;
            case "null" -> NullValue.NULL;
            default -> null;
        };
    }

    private static Value number(Token token, String sign) {
        try {
            return NumberValue.parse(sign + token.text());
        } catch (ArithmeticException | NumberFormatException e) {
            RegoException problem = TokenStream.error(token.at(), "number out of range: " + token.text());
            problem.initCause(e);
            throw problem;
        }
    }
}
