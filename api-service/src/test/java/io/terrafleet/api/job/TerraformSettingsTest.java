package io.terrafleet.api.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.api.run.RunOptions;
import io.terrafleet.contracts.runner.Claim;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TerraformSettingsTest {
    private static final List<Claim.Variable> GIVEN = List.of(
            new Claim.Variable("TF_LOG", "ERROR", "env", false, false),
            new Claim.Variable("TF_CLI_ARGS_plan", "-parallelism=2", "env", false, false),
            new Claim.Variable("TF_LOG", "a variable of that name", "terraform", false, false));

    private static RunOptions options(boolean configGeneration, boolean debugging) {
        return new RunOptions(
                true,
                false,
                false,
                true,
                false,
                List.of(),
                List.of(),
                false,
                false,
                false,
                Map.of(),
                configGeneration,
                debugging);
    }

    private static List<String> said(RunOptions options, List<Claim.Variable> variables) {
        return TerraformSettings.of(options, variables).stream()
                .map(variable -> variable.category() + " " + variable.key() + "=" + variable.value())
                .toList();
    }

    @Test
    void whoAsksForNothingGetsTheirsAsTheyAre() {
        assertThat(TerraformSettings.of(options(false, false), GIVEN)).isSameAs(GIVEN);
    }

    @Test
    void debuggingIsLouderThanTheWorkspace() {
        assertThat(said(options(false, true), GIVEN))
                .containsExactlyInAnyOrder(
                        "env TF_LOG=TRACE",
                        "env TF_CLI_ARGS_plan=-parallelism=2",
                        "terraform TF_LOG=a variable of that name");
    }

    @Test
    void configurationIsWrittenBesideTheWorkspacesArguments() {
        assertThat(said(options(true, false), GIVEN))
                .contains("env TF_CLI_ARGS_plan=-parallelism=2 -generate-config-out=terrafleet_generated.tf")
                .hasSize(3);
        assertThat(said(options(true, false), List.of()))
                .containsExactly("env TF_CLI_ARGS_plan=-generate-config-out=terrafleet_generated.tf");
    }
}
