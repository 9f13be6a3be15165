package io.terrafleet.rego.syntax;

import io.terrafleet.rego.problem.Position;
import io.terrafleet.rego.problem.RegoException;
import io.terrafleet.rego.syntax.Token.Kind;
import java.util.List;

/** A cursor over tokens that can step back, and that bounds nesting. */
final class TokenStream {
    private static final int MAX_DEPTH = 200;

    private final List<Token> tokens;
    private int at;
    private int depth;

    TokenStream(List<Token> tokens) {
        this.tokens = tokens;
    }

    Token peek() {
        return tokens.get(at);
    }

    Token peekAhead() {
        return tokens.get(Math.min(at + 1, tokens.size() - 1));
    }

    Token next() {
        Token token = tokens.get(at);
        if (token.kind() != Kind.END) {
            at++;
        }
        return token;
    }

    int mark() {
        return at;
    }

    void reset(int mark) {
        at = mark;
    }

    boolean accept(String text) {
        boolean found = peek().is(text);
        if (found) {
            at++;
        }
        return found;
    }

    Token expect(String text) {
        if (!peek().is(text)) {
            throw unexpected("expected \"" + text + "\"");
        }
        return next();
    }

    /** Nested terms enter and leave; a source that nests too deep is refused rather than overflowing the stack. */
    void enter() {
        if (++depth > MAX_DEPTH) {
            throw error(peek().at(), "nesting deeper than " + MAX_DEPTH);
        }
    }

    void leave() {
        depth--;
    }

    RegoException unexpected(String hint) {
        return error(peek().at(), "unexpected " + peek().described() + ": " + hint);
    }

    static RegoException error(Position at, String message) {
        return new RegoException("rego_parse_error", message, at);
    }
}
