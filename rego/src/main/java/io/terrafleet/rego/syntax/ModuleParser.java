package io.terrafleet.rego.syntax;

import io.terrafleet.rego.problem.Position;
import io.terrafleet.rego.problem.RegoException;
import io.terrafleet.rego.value.StringValue;
import java.util.ArrayList;
import java.util.List;

/** Parses a whole file, a query or a single term. */
public final class ModuleParser {
    /** Longest accepted source, in characters. */
    public static final int MAX_SOURCE = 4 << 20;

    private final String file;
    private final Language language;
    private final Lexer lexer;
    private final TokenStream tokens;
    private final TermParser terms;

    private ModuleParser(String file, String source, Language asked) {
        if (source.length() > MAX_SOURCE) {
            throw new RegoException(
                    "rego_parse_error", "source longer than " + MAX_SOURCE + " characters", new Position(file, 1, 1));
        }
        this.file = file;
        this.language = asked.of(source);
        this.lexer = new Lexer(file, source, language.keywords(source));
        this.tokens = new TokenStream(lexer.tokens());
        this.terms = new TermParser(source, tokens);
    }

    public static Module module(String file, String source, Language language) {
        return new ModuleParser(file, source, language).module();
    }

    /** A module's source, laid out anew. */
    public static String laidOut(String file, String source, Language language) {
        ModuleParser parser = new ModuleParser(file, source.replace("\r\n", "\n"), language);
        parser.module();
        List<Token> tokens = parser.lexer.tokens();
        String text = Layout.of(source.replace("\r\n", "\n"), tokens, parser.lexer.comments());
        ModuleParser again = new ModuleParser(file, text, language);
        again.module();
        if (!texts(again.lexer.tokens()).equals(texts(tokens))) {
            throw new IllegalStateException("formatting " + file + " would change what it says");
        }
        return text;
    }

    /** What is said, without commas, which may be added at the end of lists. */
    private static List<String> texts(List<Token> tokens) {
        return tokens.stream()
                .map(Token::text)
                .filter(text -> !text.equals(","))
                .toList();
    }

    /** A query is a body without braces. */
    public static Body query(String source) {
        ModuleParser parser = new ModuleParser("query", source, Language.V1);
        List<Literal> literals = new ArrayList<>();
        BodyParser bodies = new BodyParser(parser.tokens, parser.terms);
        do {
            if (parser.atEnd()) {
                break;
            }
            literals.add(bodies.literal());
        } while (parser.tokens.accept(";") || parser.tokens.peek().newline());
        parser.expectEnd();
        return new Body(literals);
    }

    /** A term, such as {@code {"a": {1, 2}}}. */
    public static Term term(String source) {
        ModuleParser parser = new ModuleParser("term", source, Language.V1);
        Term term = parser.terms.term();
        parser.expectEnd();
        return term;
    }

    private boolean atEnd() {
        return tokens.peek().kind() == Token.Kind.END;
    }

    private void expectEnd() {
        if (!atEnd()) {
            throw tokens.unexpected("expected the end");
        }
    }

    private Module module() {
        Position at = tokens.peek().at();
        if (!tokens.peek().is("package")) {
            throw tokens.unexpected("a module starts with \"package\"");
        }
        tokens.next();
        List<String> path = path();
        List<Import> imports = new ArrayList<>();
        List<Rule> rules = new ArrayList<>();
        RuleParser ruleParser = new RuleParser(tokens, terms, language);
        while (!atEnd()) {
            if (tokens.accept(";")) {
                continue;
            }
            if (tokens.peek().is("import") && !terms.startsName()) {
                imports.add(importOf(tokens.next().at()));
            } else if (tokens.peek().is("package") && !terms.startsName()) {
                throw tokens.unexpected("a module has one package");
            } else {
                rules.addAll(ruleParser.rules());
            }
            if (!atEnd() && !tokens.peek().newline() && !tokens.peek().is(";")) {
                throw tokens.unexpected("expected a new line");
            }
        }
        List<Annotation> annotations = new AnnotationParser(path, at, rules).parse(lexer.comments());
        return new Module(file, language, path, imports, rules, annotations, at);
    }

    private Import importOf(Position at) {
        List<String> path = path();
        String root = path.getFirst();
        if (!List.of("data", "input", "rego", "future").contains(root)) {
            throw TokenStream.error(
                    at, "unexpected import path, must begin with one of: {data, future, input, rego}, got: " + root);
        }
        String name = path.getLast();
        if (tokens.accept("as")) {
            Token alias = tokens.next();
            if (alias.kind() != Token.Kind.NAME) {
                throw TokenStream.error(alias.at(), "expected a name after \"as\"");
            }
            name = alias.text();
        }
        return new Import(path, name, at);
    }

    private List<String> path() {
        List<String> path = new ArrayList<>();
        Token first = tokens.next();
        if (first.kind() != Token.Kind.NAME && first.kind() != Token.Kind.KEYWORD) {
            throw TokenStream.error(first.at(), "unexpected " + first.described() + ": expected a path");
        }
        path.add(first.text());
        while (tokens.peek().glued() && (tokens.peek().is(".") || tokens.peek().is("["))) {
            boolean dot = tokens.next().is(".");
            Token part = tokens.next();
            boolean valid = dot
                    ? part.kind() == Token.Kind.NAME || part.kind() == Token.Kind.KEYWORD
                    : part.kind() == Token.Kind.STRING;
            if (!valid) {
                throw TokenStream.error(part.at(), "unexpected " + part.described() + ": expected a name");
            }
            path.add(new StringValue(part.text()).value());
            if (!dot) {
                tokens.expect("]");
            }
        }
        return path;
    }
}
