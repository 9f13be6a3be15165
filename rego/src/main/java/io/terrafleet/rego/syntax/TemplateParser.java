package io.terrafleet.rego.syntax;

import io.terrafleet.rego.problem.Position;
import io.terrafleet.rego.value.StringValue;
import java.util.ArrayList;
import java.util.List;

/** Parses {@code $"text {expression} text"}. */
final class TemplateParser {
    private static final String VALUE = "__template_value__";

    private final String source;
    private final Token token;
    private final boolean escapes;
    private final List<Term.Part> parts = new ArrayList<>();
    private final StringBuilder literal = new StringBuilder();
    private int line;
    private int lineStart;

    TemplateParser(String source, Token token) {
        this.source = source;
        this.token = token;
        this.escapes = token.kind() == Token.Kind.TEMPLATE;
        this.line = token.at().line();
        this.lineStart = token.offset() - token.at().column() + 1;
    }

    Term template() {
        int at = token.offset() + 2;
        int end = at + token.text().length();
        while (at < end) {
            char c = source.charAt(at);
            if (c == '{') {
                flush();
                at = expression(at + 1);
            } else if (c == '\\' && (escapes || source.charAt(at + 1) == '{')) {
                literal.append(escapes ? source.substring(at, at + 2) : "{");
                at += 2;
            } else {
                literal.append(c);
                at++;
                if (c == '\n') {
                    line++;
                    lineStart = at;
                }
            }
        }
        flush();
        return new Term.Template(parts, token.at());
    }

    private void flush() {
        if (!literal.isEmpty()) {
            String text = escapes ? StringText.decode(literal.toString(), token.at()) : literal.toString();
            parts.add(new Term.Part(new Term.Scalar(new StringValue(text), token.at()), Body.EMPTY, token.at()));
            literal.setLength(0);
        }
    }

    /** Parses one expression and returns the offset after its closing brace. */
    private int expression(int start) {
        List<Token> tokens =
                new Lexer(token.at().file(), source, Language.V1.keywords(), start, line, lineStart).tokensOfTemplate();
        Token end = tokens.getLast();
        TokenStream stream = new TokenStream(tokens);
        Literal parsed = new BodyParser(stream, new TermParser(source, stream)).literal();
        if (stream.peek().kind() != Token.Kind.END || !(parsed.expression() instanceof Literal.Check check)) {
            throw stream.unexpected("expected one term in a template expression");
        }
        Position at = parsed.at();
        Term value = new Term.Var(VALUE, at);
        Literal.Expression bind = new Literal.Assign(value, check.term());
        parts.add(new Term.Part(value, new Body(List.of(new Literal(bind, false, parsed.modifiers(), at))), at));
        line = end.at().line();
        lineStart = end.offset() - end.at().column() + 1;
        return end.offset() + 1;
    }
}
