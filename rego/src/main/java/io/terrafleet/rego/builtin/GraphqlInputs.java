package io.terrafleet.rego.builtin;

import static io.terrafleet.rego.builtin.GraphqlSchema.list;
import static io.terrafleet.rego.builtin.GraphqlSchema.text;
import static io.terrafleet.rego.builtin.GraphqlSchemaCheck.wrong;

import io.terrafleet.rego.value.BoolValue;
import io.terrafleet.rego.value.NumberValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.Value;
import java.util.HashSet;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Whether values that a query carries have the types that the schema asks for. */
final class GraphqlInputs {
    private static final Value NON_NULL = Value.of("NonNull");
    private static final Value ELEMENT = Value.of("Elem");

    private final GraphqlSchema schema;

    GraphqlInputs(GraphqlSchema schema) {
        this.schema = schema;
    }

    private static int kind(Value value) {
        return value.get(Value.of("Kind")) instanceof NumberValue n ? (int) n.longValue() : -1;
    }

    private static boolean isRequired(Value type) {
        return BoolValue.TRUE.equals(type.get(NON_NULL));
    }

    /** @param used takes the names of the variables met */
    void check(Value value, Value type, Map<String, Value> variables, Set<String> used, boolean hasDefault) {
        int kind = kind(value);
        if (kind == GraphqlValueParser.VARIABLE) {
            variable(text(value, "Raw"), type, variables, used, hasDefault);
        } else if (kind == GraphqlValueParser.NULL) {
            if (isRequired(type)) {
                throw wrong("Expected value of type \"" + GraphqlSchema.named(type) + "!\", found null.");
            }
        } else if (type.get(ELEMENT) != null) {
            Value element = Objects.requireNonNull(type.get(ELEMENT));
            if (kind == GraphqlValueParser.LIST) {
                for (Value child : list(value, "Children")) {
                    checkChild(child, element, variables, used, false);
                }
            } else {
                check(value, element, variables, used, false);
            }
        } else {
            named(value, kind, text(type, "NamedType"), variables, used);
        }
    }

    private void checkChild(
            Value child, Value type, Map<String, Value> variables, Set<String> used, boolean hasDefault) {
        Value value = child.get(Value.of("Value"));
        if (value != null) {
            check(value, type, variables, used, hasDefault);
        }
    }

    private static void variable(
            String name, Value type, Map<String, Value> variables, Set<String> used, boolean hasDefault) {
        Value definition = variables.get(name);
        if (definition == null) {
            throw wrong("Variable \"$" + name + "\" is not defined.");
        }
        used.add(name);
        Value own = definition.get(Value.of("Type"));
        boolean filled = hasDefault || definition.get(Value.of("DefaultValue")) != null;
        if (!fits(own, type, filled)) {
            throw wrong("Variable \"$" + name + "\" of type \"" + GraphqlSchema.named(own)
                    + "\" used in position expecting type \"" + GraphqlSchema.named(type) + "\".");
        }
    }

    private static boolean fits(@Nullable Value own, Value wanted, boolean filled) {
        if (own == null || (isRequired(wanted) && !isRequired(own) && !filled)) {
            return false;
        }
        Value inner = wanted.get(ELEMENT);
        Value ownInner = own.get(ELEMENT);
        if (inner != null && ownInner != null) {
            return fits(ownInner, inner, false);
        }
        return inner == null && ownInner == null && text(own, "NamedType").equals(text(wanted, "NamedType"));
    }

    private void named(Value value, int kind, String name, Map<String, Value> variables, Set<String> used) {
        GraphqlType type = schema.find(name);
        if (type == null) {
            throw wrong("Unknown type \"" + name + "\".");
        }
        boolean valid =
                switch (type.kind()) {
                    case "ENUM" ->
                        kind == GraphqlValueParser.ENUM && type.enumValues().contains(text(value, "Raw"));
                    case "INPUT_OBJECT" -> kind == GraphqlValueParser.OBJECT;
                    case "SCALAR" -> isScalar(name, kind);
                    default -> false;
                };
        if (!valid) {
            throw wrong(name + " cannot represent the value " + text(value, "Raw") + ".");
        }
        if (type.kind().equals("INPUT_OBJECT")) {
            object(value, type, variables, used);
        }
    }

    private static boolean isScalar(String name, int kind) {
        boolean text = kind == GraphqlValueParser.STRING || kind == GraphqlValueParser.BLOCK;
        return switch (name) {
            case "Int" -> kind == GraphqlValueParser.INT;
            case "Float" -> kind == GraphqlValueParser.INT || kind == GraphqlValueParser.FLOAT;
            case "String" -> text;
            case "Boolean" -> kind == GraphqlValueParser.BOOLEAN;
            case "ID" -> text || kind == GraphqlValueParser.INT;
            default -> true;
        };
    }

    private void object(Value value, GraphqlType type, Map<String, Value> variables, Set<String> used) {
        Set<String> given = new HashSet<>();
        for (Value child : list(value, "Children")) {
            String name = text(child, "Name");
            ObjectValue field = type.fields().get(name);
            if (!given.add(name)) {
                throw wrong("There can be only one input field named \"" + name + "\".");
            }
            if (field == null) {
                throw wrong("Field \"" + name + "\" is not defined by type \"" + type.name() + "\".");
            }
            Value wanted = field.get(Value.of("Type"));
            if (wanted != null) {
                checkChild(child, wanted, variables, used, field.get(Value.of("DefaultValue")) != null);
            }
        }
        for (ObjectValue field : type.fields().values()) {
            if (GraphqlSchema.isRequired(field) && !given.contains(text(field, "Name"))) {
                throw wrong(
                        "Field \"" + type.name() + "." + text(field, "Name") + "\" of required type was not provided.");
            }
        }
    }
}
