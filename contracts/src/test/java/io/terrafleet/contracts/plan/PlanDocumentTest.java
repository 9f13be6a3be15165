package io.terrafleet.contracts.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class PlanDocumentTest {
    private static PlanDocument parse(String json) throws PlanUnreadable {
        return PlanDocument.parse(json.getBytes(StandardCharsets.UTF_8));
    }

    @Test
    void aPlanIsRead() throws PlanUnreadable {
        PlanDocument plan = parse(
                """
                {"format_version":"1.2","terraform_version":"1.11.4","new_member":true,"resource_changes":[
                  {"address":"terraform_data.a[0]","type":"terraform_data","name":"a","index":0,"mode":"managed",
                   "change":{"actions":["delete","create"],"before":{"input":1},"after":{"input":2}}},
                  {"address":"data.http.b","type":"http","name":"b","mode":"data","change":{"actions":["read"]}}]}""");

        assertThat(plan.terraformVersion()).isEqualTo("1.11.4");
        assertThat(plan.complete()).isTrue();
        assertThat(plan.resourceDrift()).isEmpty();
        assertThat(plan.hasChanges()).isTrue();
        ResourceChange first = plan.resourceChanges().getFirst();
        assertThat(first.word()).isEqualTo("replace");
        assertThat(first.index().asInt()).isZero();
        assertThat(first.after().path("input").asInt()).isEqualTo(2);
        assertThat(plan.resourceChanges().getLast().managed()).isFalse();
    }

    @Test
    void readingDataOnlyIsNoChangeUntilAnOutputChanges() throws PlanUnreadable {
        String reads =
                "{\"format_version\":\"1.0\",\"resource_changes\":[{\"address\":\"data.http.b\",\"type\":\"http\","
                        + "\"name\":\"b\",\"mode\":\"data\",\"change\":{\"actions\":[\"read\"]}}]";
        assertThat(parse(reads + "}").hasChanges()).isFalse();
        assertThat(parse(reads + ",\"output_changes\":{\"o\":{\"actions\":[\"create\"]}}}")
                        .hasChanges())
                .isTrue();
    }

    @Test
    void whatIsNotJsonIsRefusedWithItsPlaceAndWithoutItsText() {
        assertThatThrownBy(() -> parse("{\"format_version\":\"1.2\",\n hunter2"))
                .isInstanceOf(PlanUnreadable.class)
                .hasMessageContaining("not JSON: line 2, column")
                .hasMessageNotContaining("hunter2");
        assertThatThrownBy(() -> parse("")).isInstanceOf(PlanUnreadable.class).hasMessageContaining("JSON object");
    }

    @Test
    void anotherFormatIsRefused() {
        for (String format : new String[] {"\"0.2\"", "\"2.0\"", "\"10\"", "null"}) {
            assertThatThrownBy(() -> parse("{\"format_version\":" + format + "}"))
                    .as(format)
                    .isInstanceOf(PlanUnreadable.class)
                    .hasMessageContaining("format_version must be 1.x");
        }
    }

    @Test
    void nestingTooDeeplyIsRefused() {
        String deep = "{\"format_version\":\"1.2\",\"variables\":" + "[".repeat(500) + "]".repeat(500) + "}";
        assertThatThrownBy(() -> parse(deep))
                .isInstanceOf(PlanUnreadable.class)
                .hasMessageContaining("at most 200 levels deep");
    }

    @Test
    void aChangeWithoutActionsIsRefusedWithItsPlace() {
        for (String change : new String[] {"{}", "{\"actions\":[]}", "{\"actions\":\"create\"}"}) {
            assertThatThrownBy(() -> parse(
                            "{\"format_version\":\"1.2\",\"resource_drift\":[{\"address\":\"a.b\",\"type\":\"a\",\"name\":\"b\",\"change\":"
                                    + change + "}]}"))
                    .as(change)
                    .isInstanceOf(PlanUnreadable.class)
                    .hasMessageContaining("resource_drift[0].change.actions");
        }
    }
}
