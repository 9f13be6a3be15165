package io.terrafleet.api.diff;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.plan.PlanDocument;
import io.terrafleet.contracts.plan.Redaction;
import io.terrafleet.testkit.SharedData;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PlanDiffTest {
    @Test
    void aNewResourceShowsWhatItWillHave() throws Exception {
        PlanDiff diff = change(
                """
                {"actions":["create"],"before":null,
                 "after":{"name":"a","count":2,"on":true,"tags":{"team":"x","a b":"y"},"none":null,"empty":[],
                          "rule":[{"port":443,"from":["10.0.0.0/8"]}]},
                 "after_unknown":{"id":true,"tags":{},"rule":[{"from":[false]}]}}""");
        assertThat(shown(diff))
                .isEqualTo(
                        """
                + count = 2
                + id    = (known after apply)
                + name  = "a"
                + on    = true
                + rule {
                +   from = ["10.0.0.0/8"]
                +   port = 443
                + }
                + tags  = {
                +   "a b" = "y"
                +   team  = "x"
                + }
                """
                                .replace("tags  = {", "tags = {"));
        assertThat(diff.counts()).isEqualTo(new PlanDiff.Counts(1, 0, 0, 0, 0, 0));
    }

    @Test
    void anUpdateShowsOldAndNewAndCountsTheRest() throws Exception {
        PlanDiff diff = change(
                """
                {"actions":["update"],
                 "before":{"id":"i-1","size":"small","a":1,"b":[1,2],"gone":"x","tags":{"k":"v","old":"1"}},
                 "after":{"id":"i-1","size":"large","a":1,"b":[1,2],"gone":null,"tags":{"k":"v","new":"2"}},
                 "after_unknown":{}}""");
        assertThat(shown(diff))
                .isEqualTo(
                        """
                - gone = "x"
                  id   = "i-1"
                ~ size = "small" -> "large"
                ~ tags = {
                +   new = "2"
                -   old = "1"
                    # (1 unchanged member)
                ~ }
                  # (2 unchanged attributes)
                """);
    }

    @Test
    void aReplacementSaysWhatForcesIt() throws Exception {
        PlanDiff diff = change(
                """
                {"actions":["delete","create"],
                 "before":{"id":"1","zone":"a","disk":[{"size":1,"kind":"x"}]},
                 "after":{"zone":"b","disk":[{"size":2,"kind":"x"}]},
                 "after_unknown":{"id":true},"replace_paths":[["zone"],["disk",0,"size"]]}""");
        assertThat(diff.resources().getFirst().action()).isEqualTo(Action.REPLACE);
        assertThat(shown(diff))
                .isEqualTo(
                        """
                ~ disk {
                ~   size = 1 -> 2 # forces replacement
                    # (1 unchanged member)
                ~ }
                ~ id   = "1" -> (known after apply)
                ~ zone = "a" -> "b" # forces replacement
                """);
        assertThat(diff.counts()).isEqualTo(new PlanDiff.Counts(1, 0, 1, 0, 0, 0));
    }

    @Test
    void whatIsSensitiveStaysVisibleAsHidden() throws Exception {
        PlanDiff diff = PlanDiff.of(
                redacted(
                        """
                {"actions":["update"],"before":{"user":"a","password":"old","list":["s3cret","x"]},
                 "after":{"user":"b","password":"new","list":["s3cret2","x"]},"after_unknown":{},
                 "before_sensitive":{"password":true,"list":[true,false]},
                 "after_sensitive":{"password":true,"list":[true,false]}}"""));
        assertThat(shown(diff)).contains("  password = (sensitive value)").contains("~ user     = \"a\" -> \"b\"");
        assertThat(shown(diff)).doesNotContain("old").doesNotContain("s3cret");
    }

    @Test
    void textsAreComparedLineByLine() throws Exception {
        String before = IntStream.rangeClosed(1, 20).mapToObj(i -> "line " + i).collect(Collectors.joining("\\n"));
        String after = before.replace("line 10", "line ten");
        PlanDiff diff = change("{\"actions\":[\"update\"],\"before\":{\"script\":\"" + before
                + "\"},\"after\":{\"script\":\"" + after + "\"},\"after_unknown\":{}}");
        assertThat(shown(diff))
                .isEqualTo(
                        """
                ~ script = <<-EOT
                    # (7 unchanged lines)
                    line 8
                    line 9
                -   line 10
                +   line ten
                    line 11
                    line 12
                    # (8 unchanged lines)
                ~ EOT
                """);
    }

    @Test
    void jsonInAStringIsComparedAsJson() throws Exception {
        PlanDiff diff = change(
                """
                {"actions":["update"],"after_unknown":{},
                 "before":{"policy":"{\\"Version\\":\\"2012\\",\\"Statement\\":[{\\"Effect\\":\\"Allow\\",\\"Action\\":\\"s3:*\\"}]}"},
                 "after":{"policy":"{\\"Statement\\":[{\\"Effect\\":\\"Allow\\",\\"Action\\":\\"s3:Get\\"}],\\"Version\\":\\"2012\\"}"}}""");
        assertThat(shown(diff))
                .isEqualTo(
                        """
                ~ policy = jsonencode(
                ~   Statement {
                ~     Action = "s3:*" -> "s3:Get"
                      # (1 unchanged member)
                ~   }
                    # (1 unchanged member)
                ~ )
                """);
    }

    @Test
    void listsAreComparedByElementsAndBlocksWherevertheyStand() throws Exception {
        PlanDiff diff = change(
                """
                {"actions":["update"],"after_unknown":{},
                 "before":{"ids":["a1","a2","a3","a4","a5"],"rule":[{"p":1},{"p":2},{"p":3}]},
                 "after":{"ids":["a1","a3","a4","a5","a6"],"rule":[{"p":3},{"p":1},{"p":9}]}}""");
        assertThat(shown(diff))
                .isEqualTo(
                        """
                ~ ids = [
                -   "a2"
                +   "a6"
                    # (4 unchanged elements)
                ~ ]
                ~ rule {
                ~   p = 2 -> 9
                ~ }
                  # (2 unchanged rule blocks)
                """);
    }

    @Test
    void movesImportsAndReadsAreTold() throws Exception {
        PlanDiff diff = PlanDiff.of(
                Json.mapper()
                        .readTree(
                                """
                {"resource_changes":[
                  {"address":"data.x.y","change":{"actions":["read"],"before":null,"after":{"a":1},"after_unknown":{}},
                   "action_reason":"read_because_config_unknown"},
                  {"address":"module.a.b.c","previous_address":"b.c","change":{"actions":["no-op"],"before":{"a":1},"after":{"a":1}}},
                  {"address":"b.d","change":{"actions":["no-op"],"importing":{"id":"xyz"},"before":{"a":1},"after":{"a":1}}},
                  {"address":"b.e","change":{"actions":["no-op"],"before":{"a":1},"after":{"a":1}}},
                  {"address":"b.f","change":{"actions":["forget"],"before":{"a":1},"after":null}}],
                 "output_changes":{"o":{"actions":["create"],"before":null,"after":"x","after_unknown":false},
                                   "same":{"actions":["no-op"],"before":"x","after":"x"}}}"""));
        assertThat(diff.resources())
                .extracting(ResourceDiff::address)
                .containsExactly("module.a.b.c", "b.d", "b.f", "data.x.y");
        assertThat(diff.resources().get(0).movedFrom()).contains("b.c");
        assertThat(diff.resources().get(1).importId()).contains("xyz");
        assertThat(diff.resources().get(3).reason()).contains("its arguments are known only after apply");
        assertThat(diff.outputs()).extracting(ResourceDiff::address).containsExactly("o");
        assertThat(diff.counts()).isEqualTo(new PlanDiff.Counts(0, 0, 0, 2, 1, 1));
    }

    @Test
    void tooMuchIsCutAndCounted() throws Exception {
        String attributes =
                IntStream.range(0, 1_000).mapToObj(i -> "\"a" + i + "\":" + i).collect(Collectors.joining(","));
        String resource = "{\"address\":\"r.r\",\"change\":{\"actions\":[\"create\"],\"before\":null,\"after\":{"
                + attributes + "},\"after_unknown\":{}}}";
        String many = IntStream.range(0, 500).mapToObj(i -> resource).collect(Collectors.joining(","));
        PlanDiff diff = PlanDiff.of(Json.mapper().readTree("{\"resource_changes\":[" + many + "]}"));
        assertThat(diff.resources()).hasSize(PlanDiff.MOST_RESOURCES);
        assertThat(diff.cut()).isEqualTo(100);
        assertThat(diff.counts().add()).isEqualTo(500);
        assertThat(diff.resources().getFirst().lines()).hasSize(600);
        assertThat(diff.resources().getFirst().cut()).isEqualTo(400);
        assertThat(diff.resources().stream()
                        .mapToInt(resourceDiff -> resourceDiff.lines().size())
                        .sum())
                .isEqualTo(12_000);
        assertThat(diff.resources().getLast().cut()).isEqualTo(1_000);
    }

    @Test
    void aTextCannotHideWhatItSays() throws Exception {
        PlanDiff diff = change(
                """
                {"actions":["create"],"before":null,"after":{"a":"x\\u202ey\\u0000","b":"one\\n\\u202etwo"},"after_unknown":{}}""");
        assertThat(shown(diff)).contains("\"x\\u202ey\\u0000\"").contains("\\u202etwo");
    }

    @Test
    void realPlansOfEveryKindAreRead() throws Exception {
        Path plans = SharedData.orSkip("data/plans");
        PlanDiff changes = plan(plans.resolve("08-changes/plan.json"));
        assertThat(changes.counts()).isEqualTo(new PlanDiff.Counts(3, 4, 4, 1, 1, 0));
        assertThat(shown(changes)).contains("# forces replacement").contains("~ instance_type");
        PlanDiff fresh = plan(plans.resolve("01-web-app/plan.json"));
        assertThat(fresh.counts().add()).isEqualTo(56);
        assertThat(fresh.cut()).isZero();
    }

    private static PlanDiff plan(Path file) throws Exception {
        return PlanDiff.of(Redaction.of(PlanDocument.parse(Files.readAllBytes(file))));
    }

    private static PlanDiff change(String change) throws Exception {
        return PlanDiff.of(redacted(change));
    }

    private static JsonNode redacted(String change) throws Exception {
        return Redaction.of(
                PlanDocument.parse(("{\"format_version\":\"1.2\",\"resource_changes\":[{\"address\":\"x.y\","
                                + "\"type\":\"x\",\"name\":\"y\",\"change\":" + change + "}]}")
                        .getBytes(java.nio.charset.StandardCharsets.UTF_8)));
    }

    private static String shown(PlanDiff diff) {
        return diff.resources().stream()
                .flatMap(resource -> resource.lines().stream())
                .map(PlanDiffTest::shown)
                .collect(Collectors.joining());
    }

    private static String shown(Line line) {
        StringBuilder text = new StringBuilder(line.mark().symbol())
                .append(' ')
                .append(line.indent())
                .append(line.label());
        text.append(line.attribute() ? " = " : "");
        line.before().ifPresent(value -> text.append(value.text()));
        text.append(line.changed() ? " -> " : "");
        line.after().ifPresent(value -> text.append(value.text()));
        return text.append(line.noted() ? " # " + line.note() : "").append('\n').toString();
    }
}
