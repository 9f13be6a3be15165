package io.terrafleet.rego.builtin;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Cuts GraphQL into tokens and walks over them. */
final class GraphqlTokens {
    private static final int MAX_TOKENS = 200_000;
    private static final int MAX_DEPTH = 200;
    private static final Pattern IGNORED = Pattern.compile("(?:[\\s,\\uFEFF]|#[^\\n\\r]*)+");
    private static final Pattern BLOCK = Pattern.compile("\"\"\"((?:\\\\\"\"\"|(?!\"\"\")[\\s\\S])*+)\"\"\"");
    private static final Pattern TEXT = Pattern.compile("\"((?:\\\\.|[^\"\\\\\\n\\r])*+)\"");
    private static final Pattern NAME = Pattern.compile("[_A-Za-z][_0-9A-Za-z]*+");
    private static final Pattern NUMBER =
            Pattern.compile("-?(?:0|[1-9]\\d*+)((?:\\.\\d++)?+(?:[eE][+-]?\\d++)?+)(?![_A-Za-z0-9.])");
    private static final Pattern SYMBOL = Pattern.compile("\\.\\.\\.|[!$&()\\[\\]{}:=@|]");

    private final List<Token> tokens;
    private int at;
    private int depth;

    enum Kind {
        NAME,
        INT,
        FLOAT,
        STRING,
        BLOCK,
        SYMBOL,
        END
    }

    record Token(Kind kind, String text, int offset) {}

    GraphqlTokens(String source) {
        this.tokens = cut(source);
    }

    private static List<Token> cut(String source) {
        List<Token> tokens = new ArrayList<>();
        int at = 0;
        while (at < source.length()) {
            Matcher matcher = IGNORED.matcher(source).region(at, source.length());
            if (matcher.lookingAt()) {
                at = matcher.end();
                continue;
            }
            Token token = token(at, matcher);
            if (tokens.size() >= MAX_TOKENS) {
                throw BuiltinException.failed("GraphQL document has more than " + MAX_TOKENS + " tokens");
            }
            tokens.add(token);
            at = matcher.end();
        }
        tokens.add(new Token(Kind.END, "<EOF>", at));
        return tokens;
    }

    private static Token token(int at, Matcher matcher) {
        if (matcher.usePattern(BLOCK).lookingAt()) {
            return new Token(Kind.BLOCK, GraphqlTexts.block(matcher.group(1)), at);
        } else if (matcher.usePattern(TEXT).lookingAt()) {
            return new Token(Kind.STRING, GraphqlTexts.unescaped(matcher.group(1)), at);
        } else if (matcher.usePattern(NAME).lookingAt()) {
            return new Token(Kind.NAME, matcher.group(), at);
        } else if (matcher.usePattern(NUMBER).lookingAt()) {
            return new Token(matcher.group(1).isEmpty() ? Kind.INT : Kind.FLOAT, matcher.group(), at);
        } else if (matcher.usePattern(SYMBOL).lookingAt()) {
            return new Token(Kind.SYMBOL, matcher.group(), at);
        }
        throw BuiltinException.failed("GraphQL: unexpected character at offset " + at);
    }

    Token peek() {
        return tokens.get(at);
    }

    boolean atEnd() {
        return peek().kind() == Kind.END;
    }

    Token next() {
        Token token = peek();
        if (token.kind() != Kind.END) {
            at++;
        }
        return token;
    }

    boolean sees(String symbol) {
        return peek().kind() == Kind.SYMBOL && peek().text().equals(symbol);
    }

    boolean seesName(String name) {
        return peek().kind() == Kind.NAME && peek().text().equals(name);
    }

    boolean accept(String symbol) {
        boolean found = sees(symbol);
        if (found) {
            at++;
        }
        return found;
    }

    boolean acceptName(String name) {
        boolean found = seesName(name);
        if (found) {
            at++;
        }
        return found;
    }

    void expect(String symbol) {
        if (!accept(symbol)) {
            throw unexpected("expected " + symbol);
        }
    }

    void expectName(String name) {
        if (!acceptName(name)) {
            throw unexpected("expected " + name);
        }
    }

    String name() {
        if (peek().kind() != Kind.NAME) {
            throw unexpected("expected a name");
        }
        return next().text();
    }

    void enter() {
        if (++depth > MAX_DEPTH) {
            throw BuiltinException.failed("GraphQL document nests deeper than " + MAX_DEPTH);
        }
    }

    void leave() {
        depth--;
    }

    BuiltinException unexpected(String hint) {
        return BuiltinException.failed(
                "GraphQL: unexpected " + peek().text() + " at offset " + peek().offset() + ": " + hint);
    }
}
