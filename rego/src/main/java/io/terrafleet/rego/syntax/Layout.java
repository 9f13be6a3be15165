package io.terrafleet.rego.syntax;

import io.terrafleet.rego.syntax.Token.Kind;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.Iterator;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Lays a source out anew: indentation by tabs, one space where one belongs, at most one blank line, a comma after the last item of a list
 * whose end stands on a line of its own. Line breaks stay where their author put them, and so do comments.
 */
final class Layout {
    private static final Set<String> OPERATORS =
            Set.of(":=", "=", "==", "!=", "<", "<=", ">", ">=", "+", "-", "*", "/", "%", "|", "&");

    private final String source;
    private final StringBuilder out = new StringBuilder();
    private final Deque<Bracket> open = new ArrayDeque<>();
    private int indent;
    private int everyDepth = -1;
    private int leadingClosers;
    private @Nullable Token before;

    /** An open bracket. */
    private static final class Bracket {
        private final String symbol;
        private final boolean body;
        private final boolean list;
        private final int indent;
        private boolean comprehension;

        /**
         * @param body whether literals stand inside
         * @param list whether items stand inside that commas part
         * @param indent that of the line on which it opens
         */
        Bracket(String symbol, boolean body, boolean list, int indent) {
            this.symbol = symbol;
            this.body = body;
            this.list = list;
            this.indent = indent;
        }
    }

    private Layout(String source) {
        this.source = source;
    }

    static String of(String source, List<Token> tokens, List<Comment> comments) {
        return new Layout(source).laidOut(tokens, comments);
    }

    private String laidOut(List<Token> tokens, List<Comment> comments) {
        Iterator<Comment> rest = new ArrayList<>(comments).iterator();
        Comment comment = rest.hasNext() ? rest.next() : null;
        int line = 0;
        for (int i = 0; i < tokens.size(); i++) {
            Token token = tokens.get(i);
            leadingClosers = closersFrom(tokens, i);
            while (comment != null && isBefore(comment, token)) {
                boolean ownLine = comment.at().line() > line;
                startLine(ownLine, comment.at().line() - line, null);
                out.append(ownLine || out.isEmpty() ? "" : " ").append('#').append(comment.text());
                line = comment.at().line();
                comment = rest.hasNext() ? rest.next() : null;
                if (token.kind() != Kind.END && (comment == null || !isBefore(comment, token))) {
                    startLine(true, token.at().line() - line, token);
                    line = token.at().line();
                }
            }
            if (token.kind() == Kind.END) {
                break;
            }
            boolean newline = token.at().line() > line && out.length() > 0 && !atLineStart();
            startLine(newline, token.at().line() - line, token);
            token(token, atLineStart());
            line = lastLine(token);
        }
        return out.toString().stripTrailing() + "\n";
    }

    /** How many brackets close one after the other on the line of the token. */
    private static int closersFrom(List<Token> tokens, int from) {
        int at = from;
        while (at < tokens.size()
                && isCloser(tokens.get(at))
                && (at == from || !tokens.get(at).newline())) {
            at++;
        }
        return at - from;
    }

    private static boolean isBefore(Comment comment, Token token) {
        return token.kind() == Kind.END
                || comment.at().line() < token.at().line()
                || (comment.at().line() == token.at().line()
                        && comment.at().column() < token.at().column());
    }

    private int lastLine(Token token) {
        return token.at().line()
                + (int) source.substring(token.offset(), token.end())
                        .chars()
                        .filter(c -> c == '\n')
                        .count();
    }

    private boolean atLineStart() {
        int end = out.length();
        while (end > 0 && out.charAt(end - 1) == '\t') {
            end--;
        }
        return end == 0 || out.charAt(end - 1) == '\n';
    }

    private void startLine(boolean newline, int lines, @Nullable Token next) {
        if (!newline || out.isEmpty()) {
            return;
        }
        boolean closes = next != null && isCloser(next);
        Bracket bracket = open.peek();
        if (closes
                && bracket != null
                && bracket.list
                && !bracket.comprehension
                && before != null
                && !before.is(",")
                && !isOpener(before)
                && !inComment()) {
            out.append(',');
        }
        while (atLineStart() && !out.isEmpty() && out.charAt(out.length() - 1) == '\t') {
            out.setLength(out.length() - 1);
        }
        if (!atLineStart()) {
            out.append('\n');
        }
        boolean inside = before != null && isOpener(before);
        if (lines > 1 && !closes && !inside) {
            out.append('\n');
        }
        indent(next, closes);
    }

    /** Whether the line being written ends in a comment, behind which nothing can be added. */
    private boolean inComment() {
        int start = out.lastIndexOf("\n") + 1;
        return out.indexOf("#", start) >= 0
                && before != null
                && out.lastIndexOf("#") > out.lastIndexOf(source.substring(before.offset(), before.end()));
    }

    private void indent(@Nullable Token next, boolean closes) {
        Deque<Bracket> around = new ArrayDeque<>(open);
        Bracket closed = null;
        for (int i = 0; closes && i < leadingClosers; i++) {
            closed = around.poll();
        }
        Bracket innermost = around.peek();
        boolean continues = next != null
                && before != null
                && !closes
                && (next.is("with") || isOperator(before) || isOperator(next) || isUnion(before));
        indent = closed != null ? closed.indent : (innermost == null ? 0 : innermost.indent + 1) + (continues ? 1 : 0);
        out.append("\t".repeat(indent));
    }

    private static boolean isOperator(Token token) {
        return token.kind() == Kind.SYMBOL && OPERATORS.contains(token.text()) && !token.is("|");
    }

    private boolean isUnion(Token token) {
        Bracket bracket = open.peek();
        return token.is("|") && (bracket == null || !bracket.comprehension);
    }

    private static boolean isOpener(Token token) {
        return token.is("{") || token.is("[") || token.is("(");
    }

    private static boolean isCloser(Token token) {
        return token.is("}") || token.is("]") || token.is(")");
    }

    private void token(Token token, boolean atStart) {
        if (!atStart && before != null && spaced(before, token)) {
            out.append(' ');
        }
        if (token.is("|") && !open.isEmpty()) {
            Bracket bracket = open.peek();
            bracket.comprehension = true;
        }
        if (isOpener(token)) {
            boolean body = token.is("{") && opensBody();
            boolean list = !body && (!token.is("(") || token.glued()) && !(token.is("[") && isIndex(token));
            open.push(new Bracket(token.text(), body, list, indent));
        } else if (isCloser(token)) {
            open.poll();
        }
        if (token.is("every")) {
            everyDepth = open.size();
        }
        String text = source.substring(token.offset(), token.end());
        out.append(text);
        before = token;
    }

    private boolean isIndex(Token bracket) {
        return bracket.glued() && before != null && (before.kind() == Kind.NAME || isCloser(before));
    }

    private boolean opensBody() {
        Token last = before;
        if (last == null) {
            return false;
        }
        if (last.is("if") || last.is("else")) {
            return true;
        }
        boolean term = !isOperator(last)
                && !last.is("in")
                && !last.is(",")
                && !isOpener(last)
                && !last.is("contains")
                && !last.is("|");
        if (everyDepth == open.size() && term) {
            everyDepth = -1;
            return true;
        }
        return open.isEmpty() && term && !last.is(":");
    }

    private boolean spaced(Token left, Token right) {
        Bracket bracket = open.peek();
        boolean inBody = bracket != null && bracket.body && bracket.symbol.equals("{");
        if (isOpener(left)) {
            return inBody && !isCloser(right);
        }
        if (isCloser(right)) {
            return inBody && !left.is("{");
        }
        if (right.is(",") || right.is(";") || right.is(":") || left.is(".") || right.is(".")) {
            return false;
        }
        if (right.is("(") || right.is("[")) {
            return !right.glued()
                    || isOperator(left)
                    || left.is(",")
                    || (left.kind() == Kind.KEYWORD && !left.is("contains"));
        }
        if (left.is("-") && right.glued() && right.kind() == Kind.NUMBER) {
            return !unary(left);
        }
        return true;
    }

    /** Whether a minus belongs to the number behind it. */
    private boolean unary(Token minus) {
        int at = minus.offset() - 1;
        while (at >= 0 && Character.isWhitespace(source.charAt(at))) {
            at--;
        }
        return at < 0 || "([{,:=<>+-*/%|&!".indexOf(source.charAt(at)) >= 0;
    }
}
