package io.terrafleet.rego.builtin;

import static io.terrafleet.rego.builtin.GraphqlSchema.bare;
import static io.terrafleet.rego.builtin.GraphqlSchema.list;
import static io.terrafleet.rego.builtin.GraphqlSchema.named;
import static io.terrafleet.rego.builtin.GraphqlSchema.text;
import static io.terrafleet.rego.builtin.GraphqlSchemaCheck.wrong;

import io.terrafleet.rego.value.BoolValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.Value;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The rules that a query must keep against a schema (GraphQL, October 2021, section 5). */
final class GraphqlQueryCheck {
    private static final int MAX_VISITS = 100_000;

    private final GraphqlSchema schema;
    private final GraphqlInputs inputs;
    private final Map<String, Value> fragments = new HashMap<>();
    private final Set<String> spread = new HashSet<>();
    private int visits;

    GraphqlQueryCheck(GraphqlSchema schema) {
        this.schema = schema;
        this.inputs = new GraphqlInputs(schema);
    }

    /** Throws {@link BuiltinException} with the first thing that is wrong. */
    void check(Value document) {
        for (Value fragment : list(document, "Fragments")) {
            if (fragments.put(text(fragment, "Name"), fragment) != null) {
                throw wrong("There can be only one fragment named \"" + text(fragment, "Name") + "\".");
            }
        }
        List<Value> operations = list(document, "Operations");
        Set<String> names = new HashSet<>();
        for (Value operation : operations) {
            String name = text(operation, "Name");
            if (name.isEmpty() && operations.size() > 1) {
                throw wrong("This anonymous operation must be the only defined operation.");
            }
            if (!names.add(name)) {
                throw wrong("There can be only one operation named \"" + name + "\".");
            }
            operation(operation);
        }
        for (Value fragment : list(document, "Fragments")) {
            if (!spread.contains(text(fragment, "Name"))) {
                throw wrong("Fragment \"" + text(fragment, "Name") + "\" is never used.");
            }
        }
    }

    /** One operation's walk through its selections and, anew, through the fragments it spreads. */
    private static final class Walk {
        private final Map<String, Value> variables = new HashMap<>();
        private final Set<String> used = new HashSet<>();
        private final Set<String> path = new LinkedHashSet<>();
    }

    private void operation(Value operation) {
        String kind = text(operation, "Operation");
        GraphqlType root = schema.operation(kind);
        if (root == null) {
            throw wrong("Schema does not support operation type \"" + kind + "\"");
        }
        Walk walk = new Walk();
        for (Value variable : list(operation, "VariableDefinitions")) {
            variable(variable, walk);
        }
        directives(list(operation, "Directives"), kind.toUpperCase(Locale.ROOT), walk);
        if (kind.equals("subscription") && list(operation, "SelectionSet").size() > 1) {
            throw wrong("Subscription must select only one top level field.");
        }
        selections(list(operation, "SelectionSet"), root, walk);
        for (String name : walk.variables.keySet()) {
            if (!walk.used.contains(name)) {
                throw wrong(
                        "Variable \"$" + name + "\" is never used in operation \"" + text(operation, "Name") + "\".");
            }
        }
    }

    private void variable(Value variable, Walk walk) {
        String name = text(variable, "Variable");
        if (walk.variables.put(name, variable) != null) {
            throw wrong("There can be only one variable named \"$" + name + "\".");
        }
        Value type = variable.get(Value.of("Type"));
        GraphqlType target = schema.find(named(type));
        if (target == null) {
            throw wrong("Unknown type \"" + named(type) + "\".");
        }
        if (!target.isInput()) {
            throw wrong("Variable \"$" + name + "\" cannot be non-input type \"" + target.name() + "\".");
        }
        Value byDefault = variable.get(Value.of("DefaultValue"));
        if (byDefault != null && type != null) {
            inputs.check(byDefault, type, Map.of(), new HashSet<>(), false);
        }
        directives(list(variable, "Directives"), "VARIABLE_DEFINITION", walk);
    }

    private void selections(List<Value> selections, GraphqlType parent, Walk walk) {
        if (++visits > MAX_VISITS) {
            throw wrong("the query is too large");
        }
        Map<String, Value> byKey = new HashMap<>();
        for (Value selection : selections) {
            if (selection.get(Value.of("Alias")) != null) {
                Value before = byKey.putIfAbsent(text(selection, "Alias"), selection);
                if (before != null && !sameQuestion(before, selection)) {
                    throw wrong("Fields \"" + text(selection, "Alias")
                            + "\" conflict because they ask for different things.");
                }
                field(selection, parent, walk);
            } else if (selection.get(Value.of("TypeCondition")) != null
                    || selection.get(Value.of("SelectionSet")) != null) {
                directives(list(selection, "Directives"), "INLINE_FRAGMENT", walk);
                String condition = text(selection, "TypeCondition");
                GraphqlType type = condition.isEmpty() ? parent : condition(condition, parent);
                selections(list(selection, "SelectionSet"), type, walk);
            } else {
                spread(selection, parent, walk);
            }
        }
    }

    private static boolean sameQuestion(Value a, Value b) {
        return text(a, "Name").equals(text(b, "Name")) && list(a, "Arguments").equals(list(b, "Arguments"));
    }

    private GraphqlType condition(String name, GraphqlType parent) {
        GraphqlType type = schema.find(name);
        if (type == null) {
            throw wrong("Unknown type \"" + name + "\".");
        }
        if (!type.isComposite()) {
            throw wrong("Fragment cannot condition on non composite type \"" + name + "\".");
        }
        Set<String> shared = schema.possible(type);
        shared.retainAll(schema.possible(parent));
        if (shared.isEmpty()) {
            throw wrong("Fragment cannot be spread here as objects of type \"" + parent.name()
                    + "\" can never be of type \"" + name + "\".");
        }
        return type;
    }

    private void spread(Value selection, GraphqlType parent, Walk walk) {
        String name = text(selection, "Name");
        directives(list(selection, "Directives"), "FRAGMENT_SPREAD", walk);
        Value fragment = fragments.get(name);
        if (fragment == null) {
            throw wrong("Unknown fragment \"" + name + "\".");
        }
        spread.add(name);
        if (!walk.path.add(name)) {
            throw wrong("Cannot spread fragment \"" + name + "\" within itself.");
        }
        GraphqlType type = condition(text(fragment, "TypeCondition"), parent);
        directives(list(fragment, "Directives"), "FRAGMENT_DEFINITION", walk);
        selections(list(fragment, "SelectionSet"), type, walk);
        walk.path.remove(name);
    }

    private void field(Value selection, GraphqlType parent, Walk walk) {
        String name = text(selection, "Name");
        directives(list(selection, "Directives"), "FIELD", walk);
        List<Value> below = list(selection, "SelectionSet");
        if (name.equals("__typename")) {
            return;
        }
        ObjectValue definition = definition(name, parent);
        arguments(list(selection, "Arguments"), list(definition, "Arguments"), "field \"" + name + "\"", walk);
        GraphqlType type = schema.find(named(definition.get(Value.of("Type"))));
        if (type == null) {
            throw wrong("Unknown type of field \"" + name + "\".");
        }
        if (type.isLeaf() && !below.isEmpty()) {
            throw wrong("Field \"" + name + "\" must not have a selection since type \"" + type.name()
                    + "\" has no subfields.");
        }
        if (!type.isLeaf() && below.isEmpty()) {
            throw wrong("Field \"" + name + "\" of type \"" + type.name() + "\" must have a selection of subfields.");
        }
        selections(below, type, walk);
    }

    private ObjectValue definition(String name, GraphqlType parent) {
        ObjectValue field = parent.fields().get(name);
        boolean introspection = parent.equals(schema.operation("query"));
        if (field == null && introspection && name.equals("__schema")) {
            return new GraphqlNode()
                    .put("Type", new GraphqlNode().put("NamedType", "__Schema").done())
                    .done();
        }
        if (field == null && introspection && name.equals("__type")) {
            Value text = new GraphqlNode()
                    .put("NamedType", "String")
                    .put("NonNull", true)
                    .done();
            Value argument =
                    new GraphqlNode().put("Name", "name").put("Type", text).done();
            return new GraphqlNode()
                    .put("Type", new GraphqlNode().put("NamedType", "__Type").done())
                    .put("Arguments", List.of(argument))
                    .done();
        }
        if (field == null) {
            throw wrong("Cannot query field \"" + name + "\" on type \"" + parent.name() + "\".");
        }
        return field;
    }

    private void arguments(List<Value> given, List<Value> defined, String where, Walk walk) {
        Map<String, Value> byName = new HashMap<>();
        for (Value argument : given) {
            String name = text(argument, "Name");
            if (byName.put(name, argument) != null) {
                throw wrong("There can be only one argument named \"" + name + "\".");
            }
            Value definition = find(defined, name);
            if (definition == null) {
                throw wrong("Unknown argument \"" + name + "\" on " + where + ".");
            }
            Value value = argument.get(Value.of("Value"));
            Value type = definition.get(Value.of("Type"));
            if (value != null && type != null) {
                boolean hasDefault = definition.get(Value.of("DefaultValue")) != null;
                inputs.check(value, type, walk.variables, walk.used, hasDefault);
            }
        }
        for (Value definition : defined) {
            if (GraphqlSchema.isRequired(definition) && !byName.containsKey(text(definition, "Name"))) {
                throw wrong("Argument \"" + text(definition, "Name") + "\" on " + where
                        + " is required but it was not provided.");
            }
        }
    }

    private static @Nullable Value find(List<Value> definitions, String name) {
        return definitions.stream()
                .filter(each -> text(each, "Name").equals(name))
                .findFirst()
                .orElse(null);
    }

    private void directives(List<Value> applied, String location, Walk walk) {
        Set<String> seen = new HashSet<>();
        for (Value directive : applied) {
            String name = text(directive, "Name");
            ObjectValue definition = schema.directive(name);
            if (definition == null) {
                throw wrong("Unknown directive \"@" + name + "\".");
            }
            if (list(definition, "Locations").stream()
                    .noneMatch(place -> bare(place).equals(location))) {
                throw wrong("Directive \"@" + name + "\" may not be used on " + location + ".");
            }
            boolean repeatable = BoolValue.TRUE.equals(definition.get(Value.of("IsRepeatable")));
            if (!seen.add(name) && !repeatable) {
                throw wrong("The directive \"@" + name + "\" can only be used once at this location.");
            }
            arguments(list(directive, "Arguments"), list(definition, "Arguments"), "directive \"@" + name + "\"", walk);
        }
    }
}
