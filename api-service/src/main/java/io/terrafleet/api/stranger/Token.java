package io.terrafleet.api.stranger;

/**
 * A piece of a configuration.
 *
 * @param text of a name, of a text as far as it is plain, or the mark itself
 * @param plain whether a text has nothing to be evaluated in it
 */
record Token(Kind kind, String text, boolean plain) {
    enum Kind {
        NAME,
        TEXT,
        MARK,
        LINE_END
    }

    static Token mark(String text) {
        return new Token(Kind.MARK, text, true);
    }

    boolean is(String mark) {
        return kind == Kind.MARK && text.equals(mark);
    }

    boolean isName() {
        return kind == Kind.NAME;
    }

    boolean isText() {
        return kind == Kind.TEXT;
    }
}
