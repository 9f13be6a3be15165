package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.BoolValue;
import io.terrafleet.rego.value.NullValue;
import io.terrafleet.rego.value.NumberValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Set;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;

/** JSON Schema (drafts 4, 6 and 7) in the words of OPA's answers. References lead to places in the same schema only. */
final class JsonSchemas {
    private static final int MAX_DEPTH = 200;
    private static final String PREFIX = "jsonschema: ";
    private static final Set<String> TYPES =
            Set.of("array", "boolean", "integer", "number", "null", "object", "string");
    private static final List<String> COUNTS =
            List.of("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties");
    private static final List<String> NUMBERS = List.of("minimum", "maximum", "multipleOf");
    private static final List<String> SCHEMAS = List.of(
            "not", "if", "then", "else", "contains", "propertyNames", "additionalItems", "additionalProperties");
    private static final List<String> LISTS = List.of("allOf", "anyOf", "oneOf");
    private static final List<String> NAMED =
            List.of("properties", "patternProperties", "definitions", "$defs", "dependentSchemas");

    private JsonSchemas() {}

    static void register(Builtins.Registry registry) {
        registry.add("json.verify_schema", 1, o -> {
            String problem = problem(o, 0);
            Value told = problem == null ? NullValue.NULL : Value.of(PREFIX + problem);
            return ArrayValue.of(List.of(Value.of(problem == null), told));
        });
        registry.add("json.match_schema", 2, o -> {
            String problem = problem(o, 1);
            if (problem != null) {
                throw o.failed(problem);
            }
            Value document = document(o, 0);
            List<Value> errors = new SchemaValidator(schema(o, 1), o::spend).errors(document);
            return ArrayValue.of(List.of(Value.of(errors.isEmpty()), ArrayValue.of(errors)));
        });
    }

    private static Value document(Operands o, int index) {
        return switch (o.at(index)) {
            case StringValue text -> parsed(o, text.value());
            case ObjectValue object -> Value.fromJson(object.toJson());
            default -> throw o.wrong(index, "one of {string, object}");
        };
    }

    private static Value schema(Operands o, int index) {
        return document(o, index);
    }

    private static Value parsed(Operands o, String text) {
        try {
            return Value.fromJson(text);
        } catch (UncheckedIOException e) {
            throw o.failed("invalid JSON: " + e.getMessage());
        }
    }

    private static @Nullable String problem(Operands o, int index) {
        Value schema;
        try {
            schema = schema(o, index);
        } catch (BuiltinException e) {
            if (o.at(index) instanceof StringValue) {
                return e.getMessage();
            }
            throw e;
        }
        return schema instanceof ObjectValue || schema instanceof BoolValue
                ? problem(schema, 0)
                : "schema is invalid: expected an object or a boolean, given: " + schema.typeName();
    }

    /** What is wrong with a schema, or null. */
    private static @Nullable String problem(Value schema, int depth) {
        if (schema instanceof BoolValue) {
            return null;
        }
        if (!(schema instanceof ObjectValue object)) {
            return "schema is invalid: expected an object or a boolean, given: " + schema.typeName();
        }
        if (depth > MAX_DEPTH) {
            return "schema nests deeper than " + MAX_DEPTH;
        }
        String own = types(object.get("type"));
        own = own == null ? keywords(object) : own;
        return own == null ? below(object, depth) : own;
    }

    private static @Nullable String types(@Nullable Value type) {
        return switch (type) {
            case null -> null;
            case StringValue name -> TYPES.contains(name.value()) ? null : unknownType(name.value());
            case ArrayValue names -> {
                for (Value name : names.list()) {
                    if (!(name instanceof StringValue text) || !TYPES.contains(text.value())) {
                        yield unknownType(name instanceof StringValue text ? text.value() : name.toString());
                    }
                }
                yield null;
            }
            default -> "type: Invalid type. Expected: string/array of strings, given: " + type.typeName();
        };
    }

    private static String unknownType(String given) {
        return "has a primitive type that is NOT VALID -- given: /" + given
                + "/ Expected valid values are:[array boolean integer number null object string]";
    }

    private static @Nullable String keywords(ObjectValue schema) {
        for (String name : COUNTS) {
            Value count = schema.get(name);
            if (count != null && !(count instanceof NumberValue n && n.isInteger() && n.compareTo(Value.of(0)) >= 0)) {
                return name + " must be of a positive integer";
            }
        }
        for (String name : NUMBERS) {
            Value number = schema.get(name);
            if (number != null && !(number instanceof NumberValue)) {
                return name + " must be of a number";
            }
        }
        if (schema.get("multipleOf") instanceof NumberValue n && n.compareTo(Value.of(0)) <= 0) {
            return "multipleOf must be strictly greater than 0";
        }
        if (schema.get("pattern") instanceof StringValue pattern && !isPattern(pattern.value())) {
            return "pattern must be a valid regex";
        }
        Value required = schema.get("required");
        if (required != null
                && !(required instanceof ArrayValue names
                        && names.list().stream().allMatch(StringValue.class::isInstance))) {
            return "required must be of an array of strings";
        }
        return null;
    }

    private static boolean isPattern(String source) {
        try {
            RegexSyntax.compile(source);
            return true;
        } catch (PatternSyntaxException e) {
            return false;
        }
    }

    private static @Nullable String below(ObjectValue schema, int depth) {
        String found = null;
        for (String name : SCHEMAS) {
            Value inner = schema.get(name);
            found = found != null || inner == null ? found : problem(inner, depth + 1);
        }
        for (String name : LISTS) {
            Value list = schema.get(name);
            if (list != null && !(list instanceof ArrayValue a && a.size() > 0)) {
                return name + " must be of an array with at least one schema";
            }
            for (Value inner : list instanceof ArrayValue a ? a.list() : List.<Value>of()) {
                found = found == null ? problem(inner, depth + 1) : found;
            }
        }
        for (String name : NAMED) {
            Value map = schema.get(name);
            if (map != null && !(map instanceof ObjectValue)) {
                return name + " must be of an object";
            }
            for (Value inner : map instanceof ObjectValue o ? o.values() : List.<Value>of()) {
                found = found == null ? problem(inner, depth + 1) : found;
            }
        }
        Value items = schema.get("items");
        for (Value inner :
                items instanceof ArrayValue a ? a.list() : items == null ? List.<Value>of() : List.of(items)) {
            found = found == null ? problem(inner, depth + 1) : found;
        }
        return found;
    }
}
