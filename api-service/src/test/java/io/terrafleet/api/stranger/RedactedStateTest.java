package io.terrafleet.api.stranger;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Of a state everything is left that a plan is made of, and nothing that is sensitive, wherever it stands. */
class RedactedStateTest {
    private static final String STATE =
            """
            {"version":4,"serial":7,"lineage":"l","terraform_version":"1.11.4",
             "outputs":{
               "secret":{"value":"s3cr3t-output","type":"string","sensitive":true},
               "object":{"value":{"a":"deep-secret-1","n":5},"type":["object",{"a":"string","n":"number"}],"sensitive":true},
               "plain":{"value":"seen by all","type":"string"},
               "echo":{"value":"postgres://u:marked-secret@db","type":"string"}},
             "resources":[
               {"mode":"managed","type":"aws_db_instance","name":"db","provider":"p","instances":[
                 {"schema_version":2,"private":"bm90aGluZw==","attributes":{
                   "id":"db-1","password":"by-name-secret","settings":[{"key":"marked-secret"},{"key":"open"}],
                   "tags":{"Name":"db"},"port":5432,"url":"x"},
                  "sensitive_attributes":[
                    [{"type":"get_attr","value":"settings"},{"type":"index","value":{"value":0,"type":"number"}},{"type":"get_attr","value":"key"}],
                    [{"type":"get_attr","value":"url"}]]}]},
               {"mode":"managed","type":"terraform_data","name":"t","provider":"q","instances":[
                 {"attributes":{"id":"t-1","input":{"value":"typed-secret","type":"string"},"output":{"value":"typed-secret","type":"string"}},
                  "sensitive_attributes":[[{"type":"get_attr","value":"input"}]]},
                 {"attributes":{"id":"t-2","input":{"value":"s3cr3t","type":"string"},"output":{"value":"s3cr3t","type":"string"}},
                  "sensitive_attributes":[[{"type":"get_attr","value":"input"}]]},
                 {"attributes":{"id":"t-3","input":{"value":271828,"type":"number"},"output":{"value":271828,"type":"number"}},
                  "sensitive_attributes":[[{"type":"get_attr","value":"input"}]]}]}],
             "check_results":[{"object_kind":"x"}]}""";

    @Test
    void nothingSensitiveIsLeft() throws IOException {
        String text = new String(RedactedState.of(STATE.getBytes(StandardCharsets.UTF_8)), StandardCharsets.UTF_8);
        assertThat(text)
                .doesNotContain(
                        "s3cr3t-output",
                        "deep-secret",
                        "marked-secret",
                        "by-name-secret",
                        "typed-secret",
                        "\"s3cr3t\"",
                        "271828",
                        "bm90aGluZw");
    }

    @Test
    void whatAPlanIsMadeOfStays() throws IOException {
        JsonNode state = Json.mapper().readTree(RedactedState.of(STATE.getBytes(StandardCharsets.UTF_8)));
        assertThat(state.path("serial").asInt()).isEqualTo(7);
        assertThat(state.at("/outputs/plain/value").asText()).isEqualTo("seen by all");
        assertThat(state.at("/outputs/object/value/n").asInt()).isZero();
        assertThat(state.at("/outputs/object/type/0").asText()).isEqualTo("object");
        JsonNode db = state.at("/resources/0/instances/0/attributes");
        assertThat(db.path("id").asText()).isEqualTo("db-1");
        assertThat(db.path("port").asInt()).isEqualTo(5432);
        assertThat(db.at("/settings/1/key").asText()).isEqualTo("open");
        assertThat(state.at("/resources/1/instances/0/attributes/input/type").asText())
                .isEqualTo("string");
    }

    @Test
    void ofSomethingElseNothingIsLeft() {
        assertThat(RedactedState.of("no state".getBytes(StandardCharsets.UTF_8)))
                .isEmpty();
        assertThat(RedactedState.of("[1]".getBytes(StandardCharsets.UTF_8))).isEmpty();
    }
}
