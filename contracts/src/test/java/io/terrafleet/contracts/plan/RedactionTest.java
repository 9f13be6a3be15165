package io.terrafleet.contracts.plan;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class RedactionTest {
    private static final String PLAN =
            """
            {"format_version":"1.2","terraform_version":"1.11.4",
             "variables":{"password":{"value":"secret-in-variables"}},
             "planned_values":{"root_module":{"resources":[{"values":{"password":"secret-in-planned-values"}}]}},
             "prior_state":{"values":{"outputs":{"o":{"value":"secret-in-state"}}}},
             "configuration":{"root_module":{"variables":{"password":{"default":"secret-in-configuration"}}}},
             "resource_changes":[{"address":"aws_db_instance.main","mode":"managed","type":"aws_db_instance","name":"main",
               "change":{"actions":["update"],
                 "before":{"password":"secret-before","port":5432,"endpoints":[{"host":"a","key":"secret-old-key"}]},
                 "after":{"password":"secret-after","port":5433,"whole":{"x":"secret-in-object"},
                          "endpoints":[{"host":"a","key":"secret-first-key"},{"host":"b","key":"secret-second-key"}],
                          "list":["open","secret-in-list"]},
                 "before_sensitive":{"password":true,"endpoints":[{"key":true}]},
                 "after_sensitive":{"password":true,"whole":true,"endpoints":[{"key":true},{"key":true}],"list":[false,true]},
                 "generated_config":"password = \\"secret-after\\"\\nport = 5433\\nx = \\"secret-in-object\\""}}],
             "resource_drift":[{"address":"aws_db_instance.main","mode":"managed","type":"aws_db_instance","name":"main",
               "change":{"actions":["update"],"before":"secret-all","after":null,"before_sensitive":true,"after_sensitive":false}}],
             "output_changes":{
               "token":{"actions":["create"],"before":null,"after":"secret-output","before_sensitive":false,"after_sensitive":true},
               "nested":{"actions":["create"],"after":{"a":["secret-in-output",1]},"after_sensitive":{"a":[true,false]}},
               "url":{"actions":["create"],"after":"https://example.org","after_sensitive":false}},
             "relevant_attributes":[{"resource":"aws_db_instance.main","attribute":["port"]}]}""";

    private static ObjectNode redacted() throws PlanUnreadable {
        return Redaction.of(PlanDocument.parse(PLAN.getBytes(StandardCharsets.UTF_8)));
    }

    @Test
    void noSecretIsLeft() throws PlanUnreadable {
        assertThat(redacted().toString()).doesNotContain("secret-");
    }

    @Test
    void whatIsNotSecretStays() throws PlanUnreadable {
        ObjectNode shown = redacted();
        var after = shown.at("/resource_changes/0/change/after");
        assertThat(after.path("port").asInt()).isEqualTo(5433);
        assertThat(after.path("password").asText()).isEqualTo(Redaction.HIDDEN);
        assertThat(after.at("/endpoints/1/host").asText()).isEqualTo("b");
        assertThat(after.at("/endpoints/1/key").asText()).isEqualTo(Redaction.HIDDEN);
        assertThat(shown.at("/resource_changes/0/change/generated_config").asText())
                .contains("password = \"" + Redaction.HIDDEN + "\"", "port = 5433");
        assertThat(after.at("/list/0").asText()).isEqualTo("open");
        assertThat(shown.at("/output_changes/url/after").asText()).isEqualTo("https://example.org");
        assertThat(shown.at("/output_changes/nested/after/a/1").asInt()).isEqualTo(1);
        assertThat(shown.at("/relevant_attributes/0/attribute/0").asText()).isEqualTo("port");
        assertThat(shown.path("plan_format_version").asText()).isEqualTo("1.2");
    }

    @Test
    void thePlanItselfIsNotChanged() throws PlanUnreadable {
        PlanDocument plan = PlanDocument.parse(PLAN.getBytes(StandardCharsets.UTF_8));
        String before = plan.root().toString();
        Redaction.of(plan);
        assertThat(plan.root().toString()).isEqualTo(before);
    }
}
