package io.terrafleet.api.stranger;

import io.terrafleet.api.stranger.Token.Kind;
import java.util.ArrayList;
import java.util.List;

/**
 * Cuts a configuration into pieces, by the specification of HCL's native syntax: comments of three kinds, texts with templates in them, and
 * heredocs. What is not understood is not guessed at.
 */
final class Tokens {
    private static final int DEEPEST = 50;

    private final String text;
    private int at;
    private int deep;
    private final List<Token> found = new ArrayList<>();

    private Tokens(String text) {
        this.text = text;
    }

    /** @throws Unreadable where it is not HCL */
    static List<Token> of(String text) throws Unreadable {
        Tokens tokens = new Tokens(text.startsWith("\uFEFF") ? text.substring(1) : text);
        while (tokens.at < tokens.text.length()) {
            tokens.next();
        }
        tokens.found.add(new Token(Kind.LINE_END, "", true));
        return tokens.found;
    }

    private void next() throws Unreadable {
        char c = text.charAt(at);
        if (c == '\n') {
            at++;
            found.add(new Token(Kind.LINE_END, "", true));
        } else if (Character.isWhitespace(c)) {
            at++;
        } else if (c == '#' || text.startsWith("//", at)) {
            int end = text.indexOf('\n', at);
            at = end < 0 ? text.length() : end;
        } else if (text.startsWith("/*", at)) {
            at = after("*/", at + 2);
        } else if (c == '"') {
            quoted();
        } else if (text.startsWith("<<", at) && !text.startsWith("<<=", at)) {
            heredoc();
        } else if (Character.isUnicodeIdentifierStart(c) || c == '_') {
            name();
        } else {
            at++;
            found.add(Token.mark(String.valueOf(c)));
        }
    }

    private void name() {
        int begin = at;
        while (at < text.length() && (Character.isUnicodeIdentifierPart(text.charAt(at)) || text.charAt(at) == '-')) {
            at++;
        }
        found.add(new Token(Kind.NAME, text.substring(begin, at), true));
    }

    private void quoted() throws Unreadable {
        StringBuilder read = new StringBuilder();
        boolean plain = true;
        at++;
        while (true) {
            if (at >= text.length() || text.charAt(at) == '\n') {
                throw new Unreadable("a text in it does not end");
            }
            char c = text.charAt(at);
            if (c == '"') {
                at++;
                found.add(new Token(Kind.TEXT, read.toString(), plain));
                return;
            }
            if (template()) {
                plain = false;
            } else if (c == '\\') {
                plain &= simple(read);
            } else if (text.startsWith("$${", at) || text.startsWith("%%{", at)) {
                read.append(c).append('{');
                at += 3;
            } else {
                read.append(c);
                at++;
            }
        }
    }

    /** @return whether it is one of those that say themselves what they are; others are not evaluated here */
    private boolean simple(StringBuilder read) throws Unreadable {
        if (at + 1 >= text.length()) {
            throw new Unreadable("a text in it does not end");
        }
        char c = text.charAt(at + 1);
        at += 2;
        read.append(c);
        return c == '"' || c == '\\';
    }

    /** Leaps over <code>${…}</code> and <code>%{…}</code>, with texts and braces inside. */
    private boolean template() throws Unreadable {
        boolean begins = text.startsWith("${", at) || text.startsWith("%{", at);
        if (!begins) {
            return false;
        }
        if (++deep > DEEPEST) {
            throw new Unreadable("its templates lie too deep in each other");
        }
        at += 2;
        int before = found.size();
        int open = 1;
        while (open > 0) {
            if (at >= text.length()) {
                throw new Unreadable("a template in it does not end");
            }
            next();
            if (found.size() > before) {
                Token token = found.removeLast();
                open += token.is("{") ? 1 : token.is("}") ? -1 : 0;
            }
        }
        deep--;
        return true;
    }

    private void heredoc() throws Unreadable {
        int line = text.indexOf('\n', at);
        String word = line < 0 ? "" : text.substring(at + 2, line).strip();
        String end = word.startsWith("-") ? word.substring(1) : word;
        if (!end.matches("[\\p{L}_][\\p{L}\\p{N}_-]*")) {
            at += 2;
            found.add(Token.mark("<<"));
            return;
        }
        at = line + 1;
        while (true) {
            int next = text.indexOf('\n', at);
            String one = next < 0 ? text.substring(at) : text.substring(at, next);
            if (one.strip().equals(end)) {
                at += one.length();
                found.add(new Token(Kind.TEXT, "", false));
                return;
            }
            if (next < 0) {
                throw new Unreadable("a text in it does not end: " + end + " is missing");
            }
            at = next + 1;
        }
    }

    private int after(String mark, int from) throws Unreadable {
        int end = text.indexOf(mark, from);
        if (end < 0) {
            throw new Unreadable("a comment in it does not end");
        }
        return end + mark.length();
    }
}
