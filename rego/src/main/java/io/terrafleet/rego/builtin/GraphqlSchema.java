package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.BoolValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** A schema by name: its types with their extensions, its directives, its operations. */
final class GraphqlSchema {
    private static final ObjectValue PRELUDE = GraphqlSchemaParser.parsePrelude(
            """
            scalar Int
            scalar Float
            scalar String
            scalar Boolean
            scalar ID
            directive @include(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
            directive @skip(if: Boolean!) on FIELD | FRAGMENT_SPREAD | INLINE_FRAGMENT
            directive @deprecated(reason: String = "No longer supported") on FIELD_DEFINITION | ARGUMENT_DEFINITION | INPUT_FIELD_DEFINITION | ENUM_VALUE
            directive @specifiedBy(url: String!) on SCALAR
            directive @oneOf on INPUT_OBJECT
            type __Schema { description: String types: [__Type!]! queryType: __Type! mutationType: __Type subscriptionType: __Type directives: [__Directive!]! }
            type __Type { kind: __TypeKind! name: String description: String specifiedByURL: String fields(includeDeprecated: Boolean = false): [__Field!] interfaces: [__Type!] possibleTypes: [__Type!] enumValues(includeDeprecated: Boolean = false): [__EnumValue!] inputFields: [__InputValue!] ofType: __Type }
            type __Field { name: String! description: String args: [__InputValue!]! type: __Type! isDeprecated: Boolean! deprecationReason: String }
            type __InputValue { name: String! description: String type: __Type! defaultValue: String }
            type __EnumValue { name: String! description: String isDeprecated: Boolean! deprecationReason: String }
            enum __TypeKind { SCALAR OBJECT INTERFACE UNION ENUM INPUT_OBJECT LIST NON_NULL }
            type __Directive { name: String! description: String locations: [__DirectiveLocation!]! args: [__InputValue!]! isRepeatable: Boolean! }
            enum __DirectiveLocation { QUERY MUTATION SUBSCRIPTION FIELD FRAGMENT_DEFINITION FRAGMENT_SPREAD INLINE_FRAGMENT VARIABLE_DEFINITION SCHEMA SCALAR OBJECT FIELD_DEFINITION ARGUMENT_DEFINITION INTERFACE UNION ENUM ENUM_VALUE INPUT_OBJECT INPUT_FIELD_DEFINITION }
            """);

    private final Map<String, GraphqlType> types = new LinkedHashMap<>();
    private final Map<String, ObjectValue> directives = new HashMap<>();
    private final Map<String, String> operations = new HashMap<>();

    private GraphqlSchema() {}

    /** Throws {@link BuiltinException} with the first thing that is wrong. */
    static GraphqlSchema of(Value document) {
        GraphqlSchema schema = new GraphqlSchema();
        schema.define(PRELUDE);
        schema.define(document);
        list(document, "Extensions").forEach(schema::extend);
        schema.root(document);
        new GraphqlSchemaCheck(schema).check(document);
        return schema;
    }

    private void define(Value document) {
        for (Value definition : list(document, "Definitions")) {
            GraphqlType type = type(definition);
            if (types.putIfAbsent(type.name(), type) != null) {
                throw BuiltinException.failed("Cannot redeclare type " + type.name() + ".");
            }
            add(type, definition);
        }
        for (Value directive : list(document, "Directives")) {
            if (directive instanceof ObjectValue object
                    && directives.put(text(directive, "Name"), object) != null
                    && !GraphqlSchemaCheck.isBuiltIn(text(directive, "Name"))) {
                throw BuiltinException.failed("Cannot redeclare directive " + text(directive, "Name") + ".");
            }
        }
    }

    private static GraphqlType type(Value definition) {
        boolean builtIn = BoolValue.TRUE.equals(definition.get(Value.of("BuiltIn")));
        return new GraphqlType(
                text(definition, "Name"),
                text(definition, "Kind"),
                new ArrayList<>(),
                new LinkedHashMap<>(),
                new ArrayList<>(),
                new HashSet<>(),
                new ArrayList<>(),
                builtIn);
    }

    /** What is extended need not exist: the extension then stands for it. */
    private void extend(Value extension) {
        GraphqlType type = types.computeIfAbsent(text(extension, "Name"), name -> type(extension));
        if (!type.kind().equals(text(extension, "Kind"))) {
            throw BuiltinException.failed("Cannot extend type " + type.name() + " because the base type is a "
                    + type.kind() + ", not " + text(extension, "Kind") + ".");
        }
        add(type, extension);
    }

    private static void add(GraphqlType type, Value definition) {
        list(definition, "Interfaces").forEach(name -> type.interfaces().add(bare(name)));
        list(definition, "Types").forEach(name -> type.members().add(bare(name)));
        type.directives().addAll(list(definition, "Directives"));
        for (Value value : list(definition, "EnumValues")) {
            if (!type.enumValues().add(text(value, "Name"))) {
                throw BuiltinException.failed(
                        "Enum value " + type.name() + "." + text(value, "Name") + " is defined twice.");
            }
        }
        for (Value field : list(definition, "Fields")) {
            if (field instanceof ObjectValue object && type.fields().put(text(field, "Name"), object) != null) {
                throw BuiltinException.failed(
                        "Field " + type.name() + "." + text(field, "Name") + " can only be defined once.");
            }
        }
    }

    private void root(Value document) {
        List<Value> schemas = list(document, "Schema");
        if (schemas.size() > 1) {
            throw BuiltinException.failed(
                    "Cannot have multiple schema entry points, consider schema extensions instead.");
        }
        List<Value> named = new ArrayList<>(schemas);
        named.addAll(list(document, "SchemaExtension"));
        for (Value schema : named) {
            for (Value operation : list(schema, "OperationTypes")) {
                String type = text(operation, "Type");
                if (!types.containsKey(type)) {
                    throw BuiltinException.failed("Schema root " + text(operation, "Operation") + " refers to a type "
                            + type + " that does not exist.");
                }
                operations.put(text(operation, "Operation"), type);
            }
        }
        if (schemas.isEmpty()) {
            usual("query", "Query");
            usual("mutation", "Mutation");
            usual("subscription", "Subscription");
        }
    }

    private void usual(String operation, String type) {
        if (types.containsKey(type)) {
            operations.putIfAbsent(operation, type);
        }
    }

    Iterable<GraphqlType> types() {
        return types.values();
    }

    @Nullable
    GraphqlType find(String name) {
        return types.get(name);
    }

    @Nullable
    ObjectValue directive(String name) {
        return directives.get(name);
    }

    Iterable<ObjectValue> directives() {
        return directives.values();
    }

    @Nullable
    GraphqlType operation(String operation) {
        String name = operations.get(operation);
        return name == null ? null : types.get(name);
    }

    /** The object types that a value of this type may have. */
    Set<String> possible(GraphqlType type) {
        Set<String> names = new HashSet<>();
        switch (type.kind()) {
            case "UNION" -> names.addAll(type.members());
            case "INTERFACE" ->
                types.values().stream()
                        .filter(other -> other.kind().equals("OBJECT")
                                && other.interfaces().contains(type.name()))
                        .forEach(other -> names.add(other.name()));
            default -> names.add(type.name());
        }
        return names;
    }

    /** The innermost name of a type reference. */
    static String named(@Nullable Value type) {
        Value at = type;
        while (at != null && at.get(Value.of("Elem")) != null) {
            at = at.get(Value.of("Elem"));
        }
        return at == null ? "" : text(at, "NamedType");
    }

    static boolean isRequired(Value definition) {
        Value type = definition.get(Value.of("Type"));
        return type != null
                && BoolValue.TRUE.equals(type.get(Value.of("NonNull")))
                && definition.get(Value.of("DefaultValue")) == null;
    }

    static String text(Value node, String member) {
        return node.get(Value.of(member)) instanceof StringValue s ? s.value() : "";
    }

    static String bare(Value value) {
        return value instanceof StringValue s ? s.value() : "";
    }

    static List<Value> list(Value node, String member) {
        return node.get(Value.of(member)) instanceof ArrayValue a ? a.list() : List.of();
    }
}
