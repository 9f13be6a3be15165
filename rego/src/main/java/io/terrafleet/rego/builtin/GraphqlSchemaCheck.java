package io.terrafleet.rego.builtin;

import static io.terrafleet.rego.builtin.GraphqlSchema.bare;
import static io.terrafleet.rego.builtin.GraphqlSchema.list;
import static io.terrafleet.rego.builtin.GraphqlSchema.named;
import static io.terrafleet.rego.builtin.GraphqlSchema.text;

import io.terrafleet.rego.value.BoolValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules that a schema must keep (GraphQL, October 2021, section 3). */
final class GraphqlSchemaCheck {
    private static final Set<String> BUILT_IN = Set.of("include", "skip", "deprecated", "specifiedBy", "oneOf");

    private final GraphqlSchema schema;

    GraphqlSchemaCheck(GraphqlSchema schema) {
        this.schema = schema;
    }

    static boolean isBuiltIn(String directive) {
        return BUILT_IN.contains(directive);
    }

    static BuiltinException wrong(String message) {
        return BuiltinException.failed(message);
    }

    void check(Value document) {
        schema.types().forEach(this::type);
        for (ObjectValue directive : schema.directives()) {
            checkName(text(directive, "Name"));
            arguments(directive, text(directive, "Name"));
        }
        for (String member : List.of("Schema", "SchemaExtension")) {
            list(document, member).forEach(node -> directives(list(node, "Directives"), "SCHEMA", null));
        }
    }

    private static void checkName(String name) {
        if (name.startsWith("__")) {
            throw wrong(
                    "Name \"" + name + "\" must not begin with \"__\", which is reserved by GraphQL introspection.");
        }
    }

    private void type(GraphqlType type) {
        if (type.builtIn()) {
            return;
        }
        checkName(type.name());
        directives(type.directives(), type.kind(), null);
        type.interfaces().forEach(name -> implemented(type, name));
        switch (type.kind()) {
            case "OBJECT", "INTERFACE", "INPUT_OBJECT" -> fields(type);
            case "ENUM" -> demand(!type.enumValues().isEmpty(), type, "enum values");
            case "UNION" -> {
                for (String name : type.members()) {
                    GraphqlType member = schema.find(name);
                    if (member == null || !member.kind().equals("OBJECT")) {
                        throw wrong("UNION type " + name + " must be OBJECT.");
                    }
                }
            }
            default -> {}
        }
    }

    private static void demand(boolean something, GraphqlType type, String what) {
        if (!something) {
            throw wrong(type.kind() + " " + type.name() + ": must define one or more " + what + ".");
        }
    }

    private void fields(GraphqlType type) {
        boolean input = type.kind().equals("INPUT_OBJECT");
        demand(!type.fields().isEmpty(), type, input ? "input fields" : "fields");
        for (ObjectValue field : type.fields().values()) {
            String name = text(field, "Name");
            checkName(name);
            GraphqlType target = known(field);
            boolean fits = input ? target.isInput() : !target.kind().equals("INPUT_OBJECT");
            if (!fits) {
                throw wrong(type.kind() + " field " + name + " must not be of the type " + target.name() + ".");
            }
            arguments(field, type.name() + "." + name);
            directives(list(field, "Directives"), input ? "INPUT_FIELD_DEFINITION" : "FIELD_DEFINITION", null);
        }
    }

    private GraphqlType known(Value definition) {
        String name = named(definition.get(Value.of("Type")));
        GraphqlType type = schema.find(name);
        if (type == null) {
            throw wrong("Undefined type " + name + ".");
        }
        return type;
    }

    private void arguments(ObjectValue owner, String name) {
        Set<String> seen = new HashSet<>();
        for (Value argument : list(owner, "Arguments")) {
            checkName(text(argument, "Name"));
            if (!seen.add(text(argument, "Name"))) {
                throw wrong("Argument " + text(argument, "Name") + " of " + name + " is defined twice.");
            }
            if (!known(argument).isInput()) {
                throw wrong("cannot use " + named(argument.get(Value.of("Type"))) + " as argument "
                        + text(argument, "Name") + " because it is no input type");
            }
            directives(list(argument, "Directives"), "ARGUMENT_DEFINITION", name);
        }
    }

    /** @param inside the directive whose definition this is in, if any */
    private void directives(List<Value> applied, String location, @Nullable String inside) {
        for (Value directive : applied) {
            String name = text(directive, "Name");
            checkName(name);
            if (name.equals(inside)) {
                throw wrong("Directive " + name + " cannot refer to itself.");
            }
            ObjectValue definition = schema.directive(name);
            if (definition == null) {
                throw wrong("Undefined directive " + name + ".");
            }
            if (list(definition, "Locations").stream()
                    .noneMatch(place -> bare(place).equals(location))) {
                throw wrong("Directive " + name + " is not applicable on " + location + ".");
            }
            List<Value> wanted = list(definition, "Arguments");
            Set<String> given = new HashSet<>();
            for (Value argument : list(directive, "Arguments")) {
                given.add(text(argument, "Name"));
                if (wanted.stream().noneMatch(each -> text(each, "Name").equals(text(argument, "Name")))) {
                    throw wrong("Undefined argument " + text(argument, "Name") + " for directive " + name + ".");
                }
            }
            for (Value argument : wanted) {
                if (GraphqlSchema.isRequired(argument) && !given.contains(text(argument, "Name"))) {
                    throw wrong("Argument " + text(argument, "Name") + " for directive " + name + " cannot be null.");
                }
            }
        }
    }

    private void implemented(GraphqlType type, String name) {
        GraphqlType contract = schema.find(name);
        if (contract == null) {
            throw wrong("Undefined type " + name + ".");
        }
        if (!contract.kind().equals("INTERFACE")) {
            throw wrong(name + " is a non interface type " + contract.kind() + ".");
        }
        for (String further : contract.interfaces()) {
            if (!further.equals(type.name()) && !type.interfaces().contains(further)) {
                throw wrong("Type " + type.name() + " must implement " + further + " because it is implemented by "
                        + name + ".");
            }
        }
        for (ObjectValue wanted : contract.fields().values()) {
            String field = text(wanted, "Name");
            ObjectValue found = type.fields().get(field);
            if (found == null) {
                throw wrong(
                        "For " + type.name() + " to implement " + name + " it must have a field called " + field + ".");
            }
            if (!covers(wanted.get(Value.of("Type")), found.get(Value.of("Type")))) {
                throw wrong("For " + type.name() + " to implement " + name + " the field " + field
                        + " must have another type.");
            }
            sameArguments(type, wanted, found);
        }
    }

    private static void sameArguments(GraphqlType type, Value wanted, Value found) {
        List<Value> given = list(found, "Arguments");
        for (Value argument : list(wanted, "Arguments")) {
            boolean same = given.stream()
                    .anyMatch(other -> text(other, "Name").equals(text(argument, "Name"))
                            && java.util.Objects.equals(other.get(Value.of("Type")), argument.get(Value.of("Type"))));
            if (!same) {
                throw wrong(type.name() + "." + text(wanted, "Name") + " must take the argument "
                        + text(argument, "Name") + " with the interface's type.");
            }
        }
        for (Value argument : given) {
            boolean extra = list(wanted, "Arguments").stream()
                    .noneMatch(other -> text(other, "Name").equals(text(argument, "Name")));
            if (extra && GraphqlSchema.isRequired(argument)) {
                throw wrong(
                        "Argument " + text(argument, "Name") + " must be nullable, the interface does not have it.");
            }
        }
    }

    /** Whether a field of the one type may stand where the interface promises the other. */
    private boolean covers(@Nullable Value promised, @Nullable Value actual) {
        if (promised == null || actual == null) {
            return promised == null && actual == null;
        }
        boolean mustBe = BoolValue.TRUE.equals(promised.get(Value.of("NonNull")));
        if (mustBe && !BoolValue.TRUE.equals(actual.get(Value.of("NonNull")))) {
            return false;
        }
        Value inner = promised.get(Value.of("Elem"));
        if (inner != null || actual.get(Value.of("Elem")) != null) {
            return covers(inner, actual.get(Value.of("Elem")));
        }
        String name = text(promised, "NamedType");
        GraphqlType type = schema.find(text(actual, "NamedType"));
        GraphqlType contract = schema.find(name);
        return type != null
                && (type.name().equals(name)
                        || type.interfaces().contains(name)
                        || (contract != null && contract.members().contains(type.name())));
    }
}
