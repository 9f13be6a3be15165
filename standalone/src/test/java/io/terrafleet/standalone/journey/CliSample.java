package io.terrafleet.standalone.journey;

import static io.terrafleet.standalone.journey.CliPlatform.HOST;
import static io.terrafleet.standalone.journey.CliPlatform.ORGANIZATION;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Objects;

/** Configurations that need no provider but the built-in one, or AWS's without an account. */
final class CliSample {
    static final String RESOURCES =
            """
            variable "size" { default = "small" }
            resource "terraform_data" "store" { input = var.size }
            resource "terraform_data" "other" { input = "other" }
            output "size" { value = terraform_data.store.output }
            output "secret" {
              value     = "hush"
              sensitive = true
            }
            """;

    private CliSample() {}

    /** @param workspaces the body of the block {@code workspaces} */
    static String cloud(String workspaces) {
        return """
                terraform {
                  cloud {
                    hostname     = "%s"
                    organization = "%s"
                    workspaces {
                      %s
                    }
                  }
                }
                """
                .formatted(HOST, ORGANIZATION, workspaces);
    }

    static String remote(String workspaces) {
        return """
                terraform {
                  backend "remote" {
                    hostname     = "%s"
                    organization = "%s"
                    workspaces { %s }
                  }
                }
                """
                .formatted(HOST, ORGANIZATION, workspaces);
    }

    static String named(String workspace) {
        return cloud("name = \"" + workspace + "\"") + RESOURCES;
    }

    /** The AWS provider without an account, as the demo has it. */
    static String awsProvider() throws IOException {
        try (InputStream file = Objects.requireNonNull(CliSample.class.getResourceAsStream("/demo/aws/provider.tf"))) {
            return new String(file.readAllBytes(), StandardCharsets.UTF_8);
        }
    }
}
