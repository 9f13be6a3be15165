package io.terrafleet.standalone.journey;

import static io.terrafleet.standalone.journey.CliPlatform.HOST;
import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.standalone.journey.CliPlatform.Running;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.DisabledIfSystemProperty;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** {@code terraform login} where a host block says what the host serves: a token of the settings page is pasted, over plain HTTP. */
@ExtendWith(CliPlatform.class)
@Execution(ExecutionMode.CONCURRENT)
@DisabledIfSystemProperty(
        named = "terrafleet.journeys.https",
        matches = "true",
        disabledReason = "without a host block terraform is sent to the login page: HttpsJourney goes there")
class LoginJourney {
    private static Path credentials(Cli cli) {
        return Path.of(Objects.requireNonNull(cli.environment().get("HOME")))
                .resolve(".terraform.d/credentials.tfrc.json");
    }

    @Test
    void aPastedTokenIsCheckedAndKept(Running platform) throws Exception {
        Cli cli = platform.cli(platform.host()).write("main.tf", CliSample.named("pasted"));
        assertThat(cli.fails("init", "-no-color")).contains("Required token could not be found");
        assertThat(cli.starts("login", HOST)
                        .until("Enter a value:")
                        .type("yes")
                        .until("Token for " + HOST)
                        .type(TestPlatform.TOKEN)
                        .ends(0))
                .contains(
                        "/app/settings/tokens?source=terraform-login",
                        "Retrieved token for user",
                        "Logged in to Terraform Enterprise");
        assertThat(credentials(cli)).content().contains(HOST, TestPlatform.TOKEN);
        assertThat(cli.does("init", "-no-color")).contains("successfully initialized!");
        assertThat(cli.does("plan", "-no-color")).contains("Plan: 2 to add");
    }

    @Test
    void aWrongTokenIsRefused(Running platform) throws Exception {
        Cli cli = platform.cli(platform.host());
        assertThat(cli.starts("login", HOST)
                        .until("Enter a value:")
                        .type("yes")
                        .until("Token for " + HOST)
                        .type("not-a-token")
                        .ends(1))
                .contains("Token is invalid");
        assertThat(Files.exists(credentials(cli))).isFalse();
    }
}
