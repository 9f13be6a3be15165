package io.terrafleet.rego.syntax;

import io.terrafleet.rego.problem.Position;
import io.terrafleet.rego.problem.RegoException;
import io.terrafleet.rego.syntax.Token.Kind;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Cuts a source into tokens and sets its comments aside. */
final class Lexer {
    private static final List<String> SYMBOLS = List.of(
            ":=", "==", "!=", "<=", ">=", "{", "}", "[", "]", "(", ")", ".", ",", ":", ";", "=", "<", ">", "+", "-",
            "*", "/", "%", "|", "&");

    private final String file;
    private final String source;
    private final Set<String> keywords;
    private final List<Token> tokens = new ArrayList<>();
    private final List<Comment> comments = new ArrayList<>();
    private int offset;
    private int line;
    private int lineStart;

    Lexer(String file, String source, Set<String> keywords) {
        this(file, source, keywords, 0, 1, 0);
    }

    /** Starts in the middle of a source, as a template's expression does. */
    Lexer(String file, String source, Set<String> keywords, int offset, int line, int lineStart) {
        this.file = file;
        this.source = source;
        this.keywords = keywords;
        this.offset = offset;
        this.line = line;
        this.lineStart = lineStart;
    }

    List<Token> tokens() {
        if (tokens.isEmpty()) {
            while (next()) {
                // next() collects
            }
        }
        return tokens;
    }

    /** The tokens up to the brace that closes a template's expression; that brace becomes the end token. */
    List<Token> tokensOfTemplate() {
        int depth = 1;
        while (depth > 0 && next()) {
            depth += tokens.getLast().is("{") ? 1 : tokens.getLast().is("}") ? -1 : 0;
        }
        Token brace = tokens.removeLast();
        tokens.add(new Token(Kind.END, "", brace.at(), false, false, brace.offset(), brace.offset()));
        return tokens;
    }

    List<Comment> comments() {
        return comments;
    }

    private boolean next() {
        int before = offset;
        int lineBefore = line;
        skipBlank();
        boolean glued = before == offset && !tokens.isEmpty();
        boolean newline = line != lineBefore;
        Position at = here();
        int start = offset;
        if (offset >= source.length()) {
            tokens.add(new Token(Kind.END, "", at, glued, newline, start, start));
            return false;
        }
        char c = source.charAt(offset);
        Kind kind;
        String text;
        if (isNameStart(c)) {
            text = name();
            kind = keywords.contains(text) ? Kind.KEYWORD : Kind.NAME;
        } else if (isDigit(c)) {
            text = number(at);
            kind = Kind.NUMBER;
        } else if (c == '"') {
            text = StringText.decode(quoted(at), at);
            kind = Kind.STRING;
        } else if (c == '`') {
            text = raw(at);
            kind = Kind.STRING;
        } else if (c == '$' && offset + 1 < source.length() && "\"`".indexOf(source.charAt(offset + 1)) >= 0) {
            kind = source.charAt(offset + 1) == '"' ? Kind.TEMPLATE : Kind.RAW_TEMPLATE;
            text = template(at, kind == Kind.TEMPLATE);
        } else {
            text = symbol(at);
            kind = Kind.SYMBOL;
        }
        tokens.add(new Token(kind, text, at, glued, newline, start, offset));
        return true;
    }

    private void skipBlank() {
        while (offset < source.length()) {
            char c = source.charAt(offset);
            if (c == '\n') {
                offset++;
                line++;
                lineStart = offset;
            } else if (c == ' ' || c == '\t' || c == '\r' || c == '\uFEFF') {
                offset++;
            } else if (c == '#') {
                int end = source.indexOf('\n', offset);
                end = end < 0 ? source.length() : end;
                comments.add(new Comment(source.substring(offset + 1, end).stripTrailing(), here()));
                offset = end;
            } else {
                return;
            }
        }
    }

    private Position here() {
        return new Position(file, line, offset - lineStart + 1);
    }

    private String name() {
        int start = offset;
        while (offset < source.length() && (isNameStart(source.charAt(offset)) || isDigit(source.charAt(offset)))) {
            offset++;
        }
        return source.substring(start, offset);
    }

    private String number(Position at) {
        int start = offset;
        digits();
        if (peek('.') && offset + 1 < source.length() && isDigit(source.charAt(offset + 1))) {
            offset++;
            digits();
        }
        if (peek('e') || peek('E')) {
            offset++;
            if (peek('+') || peek('-')) {
                offset++;
            }
            int exponent = offset;
            digits();
            if (exponent == offset) {
                throw error(at, "illegal number format: exponent has no digits");
            }
        }
        if (offset < source.length() && isNameStart(source.charAt(offset))) {
            throw error(at, "illegal number format");
        }
        String text = source.substring(start, offset);
        if (text.length() > 1 && text.charAt(0) == '0' && isDigit(text.charAt(1))) {
            throw error(at, "illegal number format: leading zero");
        }
        return text;
    }

    private void digits() {
        while (offset < source.length() && isDigit(source.charAt(offset))) {
            offset++;
        }
    }

    private boolean peek(char c) {
        return offset < source.length() && source.charAt(offset) == c;
    }

    private String quoted(Position at) {
        int start = ++offset;
        while (offset < source.length() && source.charAt(offset) != '"') {
            if (source.charAt(offset) == '\n') {
                throw error(at, "non-terminated string");
            }
            offset += source.charAt(offset) == '\\' ? 2 : 1;
        }
        return upTo(start, at, "non-terminated string");
    }

    private String raw(Position at) {
        int start = ++offset;
        while (offset < source.length() && source.charAt(offset) != '`') {
            newlineAware();
        }
        return upTo(start, at, "non-terminated raw string");
    }

    /** The template's text between its quotes, undecoded; expressions in braces may hold quotes themselves. */
    private String template(Position at, boolean escapes) {
        offset += 2;
        int start = offset;
        char quote = escapes ? '"' : '`';
        while (offset < source.length() && source.charAt(offset) != quote) {
            char c = source.charAt(offset);
            if (c == '\\' && offset + 1 < source.length() && (escapes || source.charAt(offset + 1) == '{')) {
                offset += 2;
            } else if (c == '{') {
                skipExpression(at);
            } else {
                newlineAware();
            }
        }
        return upTo(start, at, "non-terminated string");
    }

    private void skipExpression(Position at) {
        Lexer inner = new Lexer(file, source, keywords, offset + 1, line, lineStart);
        int depth = 1;
        while (depth > 0) {
            if (!inner.next()) {
                throw error(at, "non-terminated template expression");
            }
            Token last = inner.tokens.getLast();
            depth += last.is("{") ? 1 : last.is("}") ? -1 : 0;
        }
        offset = inner.offset;
        line = inner.line;
        lineStart = inner.lineStart;
    }

    private void newlineAware() {
        if (source.charAt(offset++) == '\n') {
            line++;
            lineStart = offset;
        }
    }

    private String upTo(int start, Position at, String problem) {
        if (offset >= source.length()) {
            throw error(at, problem);
        }
        return source.substring(start, offset++);
    }

    private String symbol(Position at) {
        for (String symbol : SYMBOLS) {
            if (source.startsWith(symbol, offset)) {
                offset += symbol.length();
                return symbol;
            }
        }
        throw error(at, "illegal token \"" + Character.toString(source.codePointAt(offset)) + "\"");
    }

    private static boolean isNameStart(char c) {
        return c == '_' || (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
    }

    private static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    private static RegoException error(Position at, String message) {
        return new RegoException("rego_parse_error", message, at);
    }
}
