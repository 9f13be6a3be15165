package io.terrafleet.rego;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** JSON Schema and GraphQL. */
class SchemasTest {
    private static String match(String document, String schema) {
        return Policy.expression("json.match_schema(" + document + ", " + schema + ")");
    }

    @Test
    void acceptsDocumentsThatKeepTheSchema() {
        String schema =
                "{\"type\": \"object\", \"required\": [\"a\"], \"properties\": {\"a\": {\"type\": \"integer\", \"minimum\": 1}}}";
        assertThat(match("{\"a\": 1, \"b\": 2}", schema)).isEqualTo("[true, []]");
        assertThat(match("`{\"a\": 5}`", schema)).isEqualTo("[true, []]");
    }

    @Test
    void saysWhatIsWrongAndWhere() {
        String schema = "{\"properties\": {\"a\": {\"properties\": {\"b\": {\"type\": \"integer\"}}}}}";
        assertThat(match("{\"a\": {\"b\": \"x\"}}", schema))
                .isEqualTo(
                        "[false, [{\"desc\": \"Invalid type. Expected: integer, given: string\", \"error\": \"a.b: Invalid type."
                                + " Expected: integer, given: string\", \"field\": \"a.b\", \"type\": \"invalid_type\"}]]");
        assertThat(match("{}", "{\"required\": [\"x\"]}")).contains("(root): x is required");
        assertThat(match("{\"y\": 1}", "{\"additionalProperties\": false}"))
                .contains("Additional property y is not allowed");
        assertThat(match("{\"y\": [1, 1]}", "{\"properties\": {\"y\": {\"uniqueItems\": true}}}"))
                .contains("unique");
    }

    @Test
    void followsReferencesInTheSchemaOnly() {
        String schema =
                "{\"$defs\": {\"n\": {\"type\": \"number\"}}, \"properties\": {\"a\": {\"$ref\": \"#/$defs/n\"}}}";
        assertThat(match("{\"a\": 1}", schema)).isEqualTo("[true, []]");
        assertThat(match("{\"a\": \"\"}", schema)).startsWith("[false");
        assertThat(match("{\"a\": 1}", "{\"$ref\": \"http://example.com/schema\"}"))
                .isEqualTo("undefined");
        assertThat(match("{}", "{\"$ref\": \"#\"}")).isEqualTo("undefined");
    }

    @Test
    void combinesSchemas() {
        assertThat(match("{\"a\": 1}", "{\"oneOf\": [{\"required\": [\"a\"]}, {\"required\": [\"b\"]}]}"))
                .startsWith("[true");
        assertThat(match("{\"a\": 1, \"b\": 1}", "{\"oneOf\": [{\"required\": [\"a\"]}, {\"required\": [\"b\"]}]}"))
                .contains("number_one_of");
        assertThat(match("{\"a\": 1}", "{\"if\": {\"required\": [\"a\"]}, \"then\": {\"required\": [\"b\"]}}"))
                .contains("condition_then");
    }

    @Test
    void findsWhatIsWrongWithASchema() {
        assertThat(Policy.expression("json.verify_schema({\"type\": \"text\"})"))
                .startsWith("[false, \"jsonschema: ");
        assertThat(Policy.expression("json.verify_schema({\"properties\": {\"a\": {\"minLength\": -1}}})"))
                .startsWith("[false");
        assertThat(Policy.expression("json.verify_schema(`{`)")).startsWith("[false");
        assertThat(Policy.expression("json.verify_schema({})")).isEqualTo("[true, null]");
    }

    private static final String SHOP =
            "`type Query { item(id: ID!): Item items(first: Int = 10): [Item!]! } type Item { name: String! parts: [Item] }`";

    private static String asked(String query) {
        return Policy.expression("graphql.is_valid(`" + query + "`, " + SHOP + ")");
    }

    @Test
    void checksQueriesAgainstTheirSchema() {
        assertThat(asked("{ item(id: 1) { name } }")).isEqualTo("true");
        assertThat(asked("query Q($n: Int) { items(first: $n) { ...F } } fragment F on Item { parts { name } }"))
                .isEqualTo("true");
        assertThat(asked("{ item { name } }")).isEqualTo("false");
        assertThat(asked("{ item(id: 1) }")).isEqualTo("false");
        assertThat(asked("{ item(id: 1) { price } }")).isEqualTo("false");
        assertThat(asked("query Q($n: Int) { items { name } }")).isEqualTo("false");
        assertThat(asked("{ items { ...F } } fragment F on Item { parts { ...F } }"))
                .isEqualTo("false");
        assertThat(asked("query Q($n: String) { items(first: $n) { name } }")).isEqualTo("false");
    }

    @Test
    void checksSchemas() {
        assertThat(Policy.expression("graphql.schema_is_valid(" + SHOP + ")")).isEqualTo("true");
        assertThat(Policy.expression("graphql.schema_is_valid(`type A { b: B }`)"))
                .isEqualTo("false");
        assertThat(Policy.expression(
                        "graphql.schema_is_valid(`interface I { a: Int } type T implements I { b: Int }`)"))
                .isEqualTo("false");
        assertThat(Policy.expression("graphql.schema_is_valid(`type T { a: Int @nothing }`)"))
                .isEqualTo("false");
    }

    @Test
    void treesOfQueriesCanBeGivenBack() {
        assertThat(Policy.expression("graphql.is_valid(graphql.parse_query(`{ items { name } }`), graphql.parse_schema("
                        + SHOP + "))"))
                .isEqualTo("true");
        assertThat(Policy.expression(
                        "graphql.parse_query(`{ a: items(first: 3) { name } }`).Operations[0].SelectionSet[0].Alias"))
                .isEqualTo("\"a\"");
    }
}
