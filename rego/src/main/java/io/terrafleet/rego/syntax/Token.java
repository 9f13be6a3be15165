package io.terrafleet.rego.syntax;

import io.terrafleet.rego.problem.Position;

/**
 * A lexical element.
 *
 * @param text the name, the symbol, the number as written, or the string's decoded content
 * @param glued nothing stands between this token and the one before
 * @param newline a line break stands before this token
 * @param offset where the token starts in the source
 * @param end where it ends, exclusive
 */
record Token(Kind kind, String text, Position at, boolean glued, boolean newline, int offset, int end) {
    enum Kind {
        NAME,
        KEYWORD,
        SYMBOL,
        NUMBER,
        STRING,
        TEMPLATE,
        RAW_TEMPLATE,
        END
    }

    boolean is(String symbolOrKeyword) {
        return (kind == Kind.SYMBOL || kind == Kind.KEYWORD) && text.equals(symbolOrKeyword);
    }

    boolean isName(String name) {
        return (kind == Kind.NAME || kind == Kind.KEYWORD) && text.equals(name);
    }

    String described() {
        return switch (kind) {
            case END -> "end of file";
            case STRING, TEMPLATE, RAW_TEMPLATE -> "string";
            case NAME, NUMBER, KEYWORD, SYMBOL -> "\"" + text + "\"";
        };
    }
}
