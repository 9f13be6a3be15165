package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.util.List;
import java.util.function.Function;

/** Functions on GraphQL documents, given as texts or as the trees that {@code graphql.parse_query} and its kin make. */
final class Graphql {
    private static final Value NOT_VALID =
            ArrayValue.of(List.of(Value.of(false), ObjectValue.EMPTY, ObjectValue.EMPTY));

    private Graphql() {}

    static void register(Builtins.Registry registry) {
        registry.add("graphql.parse_query", 1, o -> GraphqlQueryParser.parse(o.string(0)));
        registry.add("graphql.parse_schema", 1, o -> GraphqlSchemaParser.parse(o.string(0)));
        registry.add("graphql.parse", 2, o -> {
            Value query = tree(o, 0, GraphqlQueryParser::parse);
            Value schema = tree(o, 1, GraphqlSchemaParser::parse);
            check(query, schema);
            return ArrayValue.of(List.of(query, schema));
        });
        registry.add("graphql.parse_and_verify", 2, Graphql::parseAndVerify);
        registry.add(
                "graphql.is_valid",
                2,
                o -> Value.of(isValid(() -> {
                    check(tree(o, 0, GraphqlQueryParser::parse), tree(o, 1, GraphqlSchemaParser::parse));
                })));
        registry.add(
                "graphql.schema_is_valid",
                1,
                o -> Value.of(isValid(() -> {
                    Object checked = GraphqlSchema.of(tree(o, 0, GraphqlSchemaParser::parse));
                    java.util.Objects.requireNonNull(checked);
                })));
    }

    private static Value tree(Operands o, int index, Function<String, ObjectValue> parse) {
        return switch (o.at(index)) {
            case StringValue text -> {
                o.spend(text.value().length() / 16);
                yield parse.apply(text.value());
            }
            case ObjectValue tree -> tree;
            default -> throw o.wrong(index, "one of {string, object}");
        };
    }

    private static void check(Value query, Value schema) {
        new GraphqlQueryCheck(GraphqlSchema.of(schema)).check(query);
    }

    private static Value parseAndVerify(Operands o) {
        try {
            Value query = tree(o, 0, GraphqlQueryParser::parse);
            Value schema = tree(o, 1, GraphqlSchemaParser::parse);
            check(query, schema);
            return ArrayValue.of(List.of(Value.of(true), query, schema));
        } catch (BuiltinException e) {
            return NOT_VALID;
        }
    }

    private static boolean isValid(Runnable check) {
        try {
            check.run();
            return true;
        } catch (BuiltinException e) {
            return false;
        }
    }
}
