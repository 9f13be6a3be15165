package io.terrafleet.standalone;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The tools for authors, as scripts see them: what they print and what they end with. */
class ToolsTest {
    private static final String POLICY =
            """
            package acme

            deny contains {"address": rc.address, "message": "too open"} if {
            	some rc in input.plan.resource_changes
            	rc.change.after.open == true
            }

            warn contains "nothing changes" if count(input.plan.resource_changes) == 0
            """;
    private static final String PLAN =
            """
            {"format_version": "1.2", "complete": true, "resource_changes": [{"address": "aws_security_group.a",
            "mode": "managed", "type": "aws_security_group", "name": "a", "change": {"actions": ["create"], "after": {"open": %s,
            "ingress": [{"cidr_blocks": ["0.0.0.0/0"]}]}, "after_unknown": {}}}]}
            """;

    @TempDir
    Path directory = Path.of(".");

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    @BeforeEach
    void files() throws IOException {
        Files.writeString(directory.resolve("acme.rego"), POLICY);
        Files.writeString(directory.resolve("plan.json"), PLAN.formatted("true"));
        Files.writeString(directory.resolve("good.json"), PLAN.formatted("false"));
    }

    private int run(String... arguments) {
        out.getBuffer().setLength(0);
        err.getBuffer().setLength(0);
        CommandLine line = Tools.commandLine();
        line.setOut(new PrintWriter(out)).setErr(new PrintWriter(err));
        return line.execute(arguments);
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }

    @Test
    void judgesAPlanByPolicies() {
        assertThat(run("policy", "eval", "--policies", file("acme.rego"), "--input", file("plan.json")))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains("aws_security_group.a")
                .contains("too open")
                .contains("1 failed");
        assertThat(run("policy", "eval", "--policies", file("acme.rego"), "--input", file("good.json")))
                .isEqualTo(0);
    }

    @Test
    void judgesAPlanByTheLibraryAndTellsItAsJson() throws IOException {
        assertThat(run("policy", "eval", "--library", "--input", file("plan.json"), "--json"))
                .isEqualTo(1);
        JsonNode rows = Json.mapper().readTree(out.toString());
        assertThat(rows).anySatisfy(row -> {
            assertThat(row.path("rule").asText()).isEqualTo("sg_ingress_cidr");
            assertThat(row.path("address").asText()).isEqualTo("aws_security_group.a");
            assertThat(row.path("verdict").asText()).isEqualTo("fail");
            assertThat(row.path("message").asText()).contains("0.0.0.0/0");
        });

        Files.writeString(directory.resolve("allowed_cidrs.json"), "[\"0.0.0.0/0\"]");
        assertThat(run(
                        "policy",
                        "eval",
                        "--library",
                        "--params",
                        file("allowed_cidrs.json"),
                        "--input",
                        file("plan.json"),
                        "--json"))
                .isEqualTo(0);
        assertThat(Json.mapper().readTree(out.toString()))
                .anySatisfy(row -> assertThat(row.path("verdict").asText()).isEqualTo("pass"));
    }

    @Test
    void asksWhatThePoliciesFileSaysAsThePlatformWould() throws IOException {
        Path set = Files.createDirectory(directory.resolve("set"));
        Files.copy(directory.resolve("acme.rego"), set.resolve("acme.rego"));
        Files.writeString(
                set.resolve("policies.hcl"),
                "policy \"open\" {\n  query = \"data.acme.deny\"\n  enforcement_level = \"advisory\"\n}\n");
        assertThat(run("policy", "eval", "--policies", file("set"), "--input", file("plan.json")))
                .isEqualTo(0);
        assertThat(out.toString()).contains("open").contains("(advisory)");

        Files.writeString(set.resolve("policies.hcl"), "policy \"open\" {\n}\n");
        assertThat(run("policy", "eval", "--policies", file("set"), "--input", file("plan.json")))
                .isEqualTo(2);
        assertThat(err.toString()).contains("policies.hcl, line");
    }

    @Test
    void everyCommandTellsItsOptions() {
        assertThat(run("rego", "eval", "--help")).isZero();
        assertThat(out.toString()).contains("--strict-builtin-errors");
        assertThat(run("policy", "--help")).isZero();
    }

    @Test
    void asksOptionalRulesByName() {
        assertThat(run("policy", "eval", "--rule", "required_tags", "--input", file("plan.json")))
                .isEqualTo(1);
        assertThat(out.toString()).contains("required_tags is missing");
        assertThat(run("policy", "eval", "--rule", "nonsense", "--input", file("plan.json")))
                .isEqualTo(2);
        assertThat(err.toString()).contains("no rule \"nonsense\"").contains("destroy_guard");
    }

    @Test
    void saysWhatCannotBeReadOrDoesNotCompile() throws IOException {
        assertThat(run("policy", "eval", "--library", "--input", file("none.json")))
                .isEqualTo(2);
        assertThat(err.toString()).contains("none.json").contains("no such file");
        Files.writeString(directory.resolve("plan.json"), "{}");
        assertThat(run("policy", "eval", "--library", "--input", file("plan.json")))
                .isEqualTo(2);
        assertThat(err.toString()).contains("format_version");
        Files.writeString(directory.resolve("acme.rego"), "package acme\ndeny contains x if { y }");
        assertThat(run("policy", "eval", "--policies", file("acme.rego"), "--input", file("good.json")))
                .isEqualTo(2);
        assertThat(err.toString()).contains("acme.rego:2:");
    }

    @Test
    void runsTestsAndMeasuresCoverage() throws IOException {
        Path tests = Files.createDirectory(directory.resolve("policies"));
        Files.writeString(tests.resolve("a.rego"), "package a\n\np if input.x\n\nq if input.y\n");
        Files.writeString(
                tests.resolve("a_test.rego"), "package a_test\n\nimport data.a\n\ntest_p if a.p with input.x as 1\n");
        assertThat(run("policy", "test", tests.toString())).isEqualTo(0);
        assertThat(out.toString())
                .contains("1 tests: 1 passed")
                .contains("50.0 %")
                .contains("a.rego:5");
        assertThat(run("policy", "test", tests.toString(), "--threshold", "80")).isEqualTo(1);

        Files.writeString(tests.resolve("a_test.rego"), "package a_test\n\nimport data.a\n\ntest_q if a.q\n");
        assertThat(run("policy", "test", tests.toString())).isEqualTo(1);
        assertThat(out.toString()).contains("FAIL").contains("data.a_test.test_q");
    }

    @Test
    void replaysPlansOfThePast() throws IOException {
        Path plans = Files.createDirectory(directory.resolve("plans"));
        Files.writeString(plans.resolve("a.json"), PLAN.formatted("true"));
        Files.writeString(plans.resolve("b.json"), PLAN.formatted("false"));
        assertThat(run("policy", "replay", "--policies", file("acme.rego"), "--plans", plans.toString()))
                .isEqualTo(1);
        assertThat(out.toString())
                .contains("stopped " + plans.resolve("a.json"))
                .contains("1 of 2 plans");
        assertThat(run("policy", "replay", "--policies", file("acme.rego"))).isEqualTo(2);
        assertThat(err.toString()).contains("--workspace");
    }

    @Test
    void evaluatesInTheMannerOfOpa() throws IOException {
        assertThat(run("rego", "eval", "x := [1, 2][_]; x > 1")).isEqualTo(0);
        assertThat(Json.mapper()
                        .readTree(out.toString())
                        .at("/result/0/bindings/x")
                        .asInt())
                .isEqualTo(2);
        assertThat(run("rego", "eval", "-d", file("acme.rego"), "-i", file("plan.json"), "--fail", "data.acme.none"))
                .isEqualTo(1);
        assertThat(run("rego", "eval", "-f", "raw", "upper(\"a\")")).isEqualTo(0);
        assertThat(out.toString().strip()).isEqualTo("A");
    }

    @Test
    void checksAndFormats() throws IOException {
        assertThat(run("rego", "check", directory.toString())).isEqualTo(0);
        Files.writeString(directory.resolve("bad.rego"), "package bad\np if { nothing(1) }\n");
        assertThat(run("rego", "check", directory.toString())).isEqualTo(1);
        assertThat(err.toString()).contains("bad.rego:2:8").contains("undefined function nothing");

        assertThat(run("rego", "fmt", "--fail", file("acme.rego"))).isEqualTo(0);
        assertThat(run("rego", "fmt", "--fail", file("bad.rego"))).isEqualTo(0);
        Files.writeString(directory.resolve("bad.rego"), "package bad\np if{nothing( 1 )}");
        assertThat(run("rego", "fmt", "--fail", file("bad.rego"))).isEqualTo(1);
        assertThat(run("rego", "fmt", "-w", file("bad.rego"))).isEqualTo(0);
        assertThat(Files.readString(directory.resolve("bad.rego"))).isEqualTo("package bad\np if { nothing(1) }\n");
    }
}
