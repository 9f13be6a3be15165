package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Parses GraphQL documents that ask: operations and fragments. */
final class GraphqlQueryParser {
    private final GraphqlTokens tokens;
    private final GraphqlValueParser values;

    private GraphqlQueryParser(String source) {
        this.tokens = new GraphqlTokens(source);
        this.values = new GraphqlValueParser(tokens);
    }

    static ObjectValue parse(String source) {
        return new GraphqlQueryParser(source).document();
    }

    private ObjectValue document() {
        List<Value> operations = new ArrayList<>();
        List<Value> fragments = new ArrayList<>();
        while (!tokens.atEnd()) {
            if (tokens.acceptName("fragment")) {
                fragments.add(fragment());
            } else {
                operations.add(operation());
            }
        }
        return new GraphqlNode()
                .put("Operations", operations)
                .put("Fragments", fragments)
                .done();
    }

    private ObjectValue fragment() {
        if (tokens.seesName("on")) {
            throw tokens.unexpected("expected a fragment's name");
        }
        GraphqlNode node = new GraphqlNode().put("Name", tokens.name());
        tokens.expectName("on");
        return node.put("TypeCondition", tokens.name())
                .put("Directives", values.directives(false))
                .put("SelectionSet", selections())
                .done();
    }

    private ObjectValue operation() {
        GraphqlNode node = new GraphqlNode();
        if (tokens.sees("{")) {
            return node.put("Operation", "query")
                    .put("Name", "")
                    .put("SelectionSet", selections())
                    .done();
        }
        String operation = tokens.peek().text();
        if (!List.of("query", "mutation", "subscription").contains(operation)) {
            throw tokens.unexpected("expected query, mutation, subscription or fragment");
        }
        tokens.name();
        boolean named = tokens.peek().kind() == GraphqlTokens.Kind.NAME;
        return node.put("Operation", operation)
                .put("Name", named ? tokens.name() : "")
                .put("VariableDefinitions", variables())
                .put("Directives", values.directives(false))
                .put("SelectionSet", selections())
                .done();
    }

    private List<Value> variables() {
        List<Value> variables = new ArrayList<>();
        if (tokens.accept("(")) {
            do {
                tokens.expect("$");
                GraphqlNode node = new GraphqlNode().put("Variable", tokens.name());
                tokens.expect(":");
                node.put("Type", values.type());
                if (tokens.accept("=")) {
                    node.put("DefaultValue", values.value(true));
                }
                variables.add(node.put("Directives", values.directives(true))
                        .put("Used", false)
                        .done());
            } while (!tokens.accept(")"));
        }
        return variables;
    }

    private List<Value> selections() {
        tokens.enter();
        tokens.expect("{");
        List<Value> selections = new ArrayList<>();
        do {
            selections.add(tokens.accept("...") ? spread() : field());
        } while (!tokens.accept("}"));
        tokens.leave();
        return selections;
    }

    private ObjectValue field() {
        String first = tokens.name();
        String name = tokens.accept(":") ? tokens.name() : first;
        return new GraphqlNode()
                .put("Alias", first)
                .put("Name", name)
                .put("Arguments", values.arguments(false))
                .put("Directives", values.directives(false))
                .put("SelectionSet", tokens.sees("{") ? selections() : List.of())
                .done();
    }

    private ObjectValue spread() {
        GraphqlNode node = new GraphqlNode();
        boolean named = tokens.peek().kind() == GraphqlTokens.Kind.NAME && !tokens.seesName("on");
        if (named) {
            return node.put("Name", tokens.name())
                    .put("Directives", values.directives(false))
                    .done();
        }
        return node.put("TypeCondition", tokens.acceptName("on") ? tokens.name() : "")
                .put("Directives", values.directives(false))
                .put("SelectionSet", selections())
                .done();
    }
}
