package io.terrafleet.standalone.tool;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import io.terrafleet.standalone.Tools;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The command line as a person types it. */
class CostToolTest {
    private static final String PLAN =
            """
            {"format_version": "1.2", "resource_changes": [{"address": "aws_nat_gateway.it", "type": "aws_nat_gateway", "name": "it",
             "provider_name": "registry.terraform.io/hashicorp/aws",
             "change": {"actions": ["create"], "before": null, "after": {}, "after_unknown": {}}}]}
            """;

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();

    private int run(String... arguments) {
        return Tools.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute(arguments);
    }

    @Test
    void aPlanIsPricedWithItsUsage() throws Exception {
        String plan = Files.writeString(directory.resolve("plan.json"), PLAN).toString();
        String usage = Files.writeString(
                        directory.resolve("usage.yml"),
                        "resource_usage:\n  aws_nat_gateway.it:\n    monthly_data_processed_gb: 100\n")
                .toString();

        assertThat(run("cost", "estimate", plan, "--usage", usage, "--format", "json", "--prices", directory + "/none"))
                .isZero();

        JsonNode json = Json.mapper().readTree(out.toString());
        assertThat(json.path("totalMonthlyCost").asText()).isEqualTo("37.35");
        assertThat(json.path("projects").path(0).path("name").asText()).isEqualTo("plan.json");
    }

    @Test
    void whatIsWrongIsSaidInASentence() throws Exception {
        String broken = Files.writeString(directory.resolve("broken.json"), "{").toString();

        assertThat(run("cost", "estimate", broken)).isEqualTo(2);
        assertThat(run("cost", "estimate", directory + "/nowhere")).isEqualTo(2);
        assertThat(run("prices", "import", broken, "--prices", directory + "/prices"))
                .isEqualTo(2);
        assertThat(run("cost", "estimate")).isEqualTo(2);

        assertThat(err.toString())
                .contains("the plan is not JSON")
                .contains("there is no file")
                .contains("Nothing was taken.")
                .doesNotContain("\tat ");
        assertThat(Files.exists(directory.resolve("prices"))).isFalse();
    }
}
