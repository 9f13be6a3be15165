package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Parses what queries and schemas share: values, arguments, directives, types. */
final class GraphqlValueParser {
    static final int VARIABLE = 0;
    static final int INT = 1;
    static final int FLOAT = 2;
    static final int STRING = 3;
    static final int BLOCK = 4;
    static final int BOOLEAN = 5;
    static final int NULL = 6;
    static final int ENUM = 7;
    static final int LIST = 8;
    static final int OBJECT = 9;

    private final GraphqlTokens tokens;

    GraphqlValueParser(GraphqlTokens tokens) {
        this.tokens = tokens;
    }

    ObjectValue value(boolean constant) {
        GraphqlTokens.Token token = tokens.peek();
        return switch (token.kind()) {
            case INT -> scalar(INT);
            case FLOAT -> scalar(FLOAT);
            case STRING -> scalar(STRING);
            case BLOCK -> scalar(BLOCK);
            case NAME ->
                switch (token.text()) {
                    case "true", "false" -> scalar(BOOLEAN);
                    case "null" -> scalar(NULL);
                    default -> scalar(ENUM);
                };
            case SYMBOL, END -> composite(constant);
        };
    }

    private ObjectValue scalar(int kind) {
        return node(tokens.next().text(), kind, List.of());
    }

    private static ObjectValue node(String raw, int kind, List<Value> children) {
        return new GraphqlNode()
                .put("Raw", raw)
                .put("Kind", kind)
                .put("Children", children)
                .put("ExpectedTypeHasDefault", false)
                .done();
    }

    private ObjectValue composite(boolean constant) {
        tokens.enter();
        try {
            if (!constant && tokens.accept("$")) {
                return node(tokens.name(), VARIABLE, List.of());
            }
            boolean list = tokens.accept("[");
            if (!list) {
                tokens.expect("{");
            }
            String end = list ? "]" : "}";
            List<Value> children = new ArrayList<>();
            while (!tokens.accept(end)) {
                String name = "";
                if (!list) {
                    name = tokens.name();
                    tokens.expect(":");
                }
                children.add(new GraphqlNode()
                        .put("Name", name)
                        .put("Value", value(constant))
                        .done());
            }
            return node("", list ? LIST : OBJECT, children);
        } finally {
            tokens.leave();
        }
    }

    List<Value> arguments(boolean constant) {
        List<Value> arguments = new ArrayList<>();
        if (tokens.accept("(")) {
            do {
                String name = tokens.name();
                tokens.expect(":");
                arguments.add(new GraphqlNode()
                        .put("Name", name)
                        .put("Value", value(constant))
                        .done());
            } while (!tokens.accept(")"));
        }
        return arguments;
    }

    List<Value> directives(boolean constant) {
        List<Value> directives = new ArrayList<>();
        while (tokens.accept("@")) {
            directives.add(new GraphqlNode()
                    .put("Name", tokens.name())
                    .put("Arguments", arguments(constant))
                    .put("Location", "")
                    .done());
        }
        return directives;
    }

    ObjectValue type() {
        tokens.enter();
        try {
            GraphqlNode node = new GraphqlNode();
            if (tokens.accept("[")) {
                node.put("NamedType", "").put("Elem", type());
                tokens.expect("]");
            } else {
                node.put("NamedType", tokens.name());
            }
            return node.put("NonNull", tokens.accept("!")).done();
        } finally {
            tokens.leave();
        }
    }
}
