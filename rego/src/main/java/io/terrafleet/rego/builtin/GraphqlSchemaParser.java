package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** Parses GraphQL documents that define: types, directives, the schema, and extensions of them. */
final class GraphqlSchemaParser {
    static final Set<String> LOCATIONS = Set.of(
            "QUERY",
            "MUTATION",
            "SUBSCRIPTION",
            "FIELD",
            "FRAGMENT_DEFINITION",
            "FRAGMENT_SPREAD",
            "INLINE_FRAGMENT",
            "VARIABLE_DEFINITION",
            "SCHEMA",
            "SCALAR",
            "OBJECT",
            "FIELD_DEFINITION",
            "ARGUMENT_DEFINITION",
            "INTERFACE",
            "UNION",
            "ENUM",
            "ENUM_VALUE",
            "INPUT_OBJECT",
            "INPUT_FIELD_DEFINITION");

    private final GraphqlTokens tokens;
    private final GraphqlValueParser values;
    private final List<Value> schemas = new ArrayList<>();
    private final List<Value> schemaExtensions = new ArrayList<>();
    private final List<Value> directives = new ArrayList<>();
    private final List<Value> definitions = new ArrayList<>();
    private final List<Value> extensions = new ArrayList<>();
    private final boolean builtIn;

    private GraphqlSchemaParser(String source, boolean builtIn) {
        this.tokens = new GraphqlTokens(source);
        this.values = new GraphqlValueParser(tokens);
        this.builtIn = builtIn;
    }

    static ObjectValue parse(String source) {
        return new GraphqlSchemaParser(source, false).document();
    }

    /** The part of every schema that nobody writes. */
    static ObjectValue parsePrelude(String source) {
        return new GraphqlSchemaParser(source, true).document();
    }

    private ObjectValue document() {
        while (!tokens.atEnd()) {
            String description = description();
            boolean extension = description.isEmpty() && tokens.acceptName("extend");
            if (tokens.acceptName("schema")) {
                (extension ? schemaExtensions : schemas).add(schema(description, extension));
            } else if (!extension && tokens.acceptName("directive")) {
                directives.add(directive(description));
            } else {
                (extension ? extensions : definitions).add(definition(description, extension));
            }
        }
        return new GraphqlNode()
                .put("Schema", schemas)
                .put("SchemaExtension", schemaExtensions)
                .put("Directives", directives)
                .put("Definitions", definitions)
                .put("Extensions", extensions)
                .done();
    }

    private String description() {
        GraphqlTokens.Kind kind = tokens.peek().kind();
        boolean text = kind == GraphqlTokens.Kind.STRING || kind == GraphqlTokens.Kind.BLOCK;
        return text ? tokens.next().text() : "";
    }

    private void demand(boolean something) {
        if (!something) {
            throw tokens.unexpected("an extension must extend something");
        }
    }

    private ObjectValue schema(String description, boolean extension) {
        List<Value> applied = values.directives(true);
        List<Value> operations = extension && !tokens.sees("{") ? List.of() : block(this::operationType);
        demand(!extension || !applied.isEmpty() || !operations.isEmpty());
        return new GraphqlNode()
                .put("Description", description)
                .put("Directives", applied)
                .put("OperationTypes", operations)
                .done();
    }

    private Value operationType() {
        String operation = tokens.name();
        if (!Set.of("query", "mutation", "subscription").contains(operation)) {
            throw BuiltinException.failed("GraphQL: there is no operation " + operation);
        }
        tokens.expect(":");
        return new GraphqlNode()
                .put("Operation", operation)
                .put("Type", tokens.name())
                .done();
    }

    private List<Value> block(Supplier<Value> each) {
        tokens.expect("{");
        List<Value> members = new ArrayList<>();
        do {
            members.add(each.get());
        } while (!tokens.accept("}"));
        return members;
    }

    private List<Value> optionalBlock(Supplier<Value> each) {
        return tokens.sees("{") ? block(each) : List.of();
    }

    private ObjectValue directive(String description) {
        tokens.expect("@");
        GraphqlNode node = new GraphqlNode()
                .put("Description", description)
                .put("Name", tokens.name())
                .put("Arguments", argumentDefinitions());
        boolean repeatable = tokens.acceptName("repeatable");
        tokens.expectName("on");
        tokens.accept("|");
        List<Value> locations = new ArrayList<>();
        do {
            String location = tokens.name();
            if (!LOCATIONS.contains(location)) {
                throw BuiltinException.failed("GraphQL: there is no directive location " + location);
            }
            locations.add(Value.of(location));
        } while (tokens.accept("|"));
        return node.put("Locations", locations).put("IsRepeatable", repeatable).done();
    }

    private List<Value> argumentDefinitions() {
        List<Value> arguments = new ArrayList<>();
        if (tokens.accept("(")) {
            do {
                arguments.add(input());
            } while (!tokens.accept(")"));
        }
        return arguments;
    }

    /** An argument's definition, or an input object's field. */
    private Value input() {
        GraphqlNode node = new GraphqlNode().put("Description", description()).put("Name", tokens.name());
        tokens.expect(":");
        node.put("Type", values.type());
        if (tokens.accept("=")) {
            node.put("DefaultValue", values.value(true));
        }
        return node.put("Directives", values.directives(true)).done();
    }

    private Value field() {
        GraphqlNode node = new GraphqlNode()
                .put("Description", description())
                .put("Name", tokens.name())
                .put("Arguments", argumentDefinitions());
        tokens.expect(":");
        return node.put("Type", values.type())
                .put("Directives", values.directives(true))
                .done();
    }

    private Value enumValue() {
        String description = description();
        String name = tokens.name();
        if (Set.of("true", "false", "null").contains(name)) {
            throw BuiltinException.failed("GraphQL: " + name + " cannot be a value of an enum");
        }
        return new GraphqlNode()
                .put("Description", description)
                .put("Name", name)
                .put("Directives", values.directives(true))
                .done();
    }

    private ObjectValue definition(String description, boolean extension) {
        String keyword = tokens.name();
        String kind =
                switch (keyword) {
                    case "scalar" -> "SCALAR";
                    case "type" -> "OBJECT";
                    case "interface" -> "INTERFACE";
                    case "union" -> "UNION";
                    case "enum" -> "ENUM";
                    case "input" -> "INPUT_OBJECT";
                    default -> throw BuiltinException.failed("GraphQL: unexpected name " + keyword);
                };
        GraphqlNode node = new GraphqlNode()
                .put("Kind", kind)
                .put("Description", description)
                .put("Name", tokens.name())
                .put("BuiltIn", builtIn);
        boolean composite = kind.equals("OBJECT") || kind.equals("INTERFACE");
        List<Value> interfaces = composite ? interfaces() : List.of();
        List<Value> applied = values.directives(true);
        List<Value> members =
                switch (kind) {
                    case "OBJECT", "INTERFACE" -> optionalBlock(this::field);
                    case "INPUT_OBJECT" -> optionalBlock(this::input);
                    case "ENUM" -> optionalBlock(this::enumValue);
                    case "UNION" -> union();
                    default -> List.of();
                };
        demand(!extension || !interfaces.isEmpty() || !applied.isEmpty() || !members.isEmpty());
        String name = kind.equals("ENUM") ? "EnumValues" : kind.equals("UNION") ? "Types" : "Fields";
        return node.put("Interfaces", interfaces)
                .put("Directives", applied)
                .put(name, members)
                .done();
    }

    private List<Value> interfaces() {
        List<Value> names = new ArrayList<>();
        if (tokens.acceptName("implements")) {
            tokens.accept("&");
            do {
                names.add(Value.of(tokens.name()));
            } while (tokens.accept("&"));
        }
        return names;
    }

    private List<Value> union() {
        List<Value> names = new ArrayList<>();
        if (tokens.accept("=")) {
            tokens.accept("|");
            do {
                names.add(Value.of(tokens.name()));
            } while (tokens.accept("|"));
        }
        return names;
    }
}
