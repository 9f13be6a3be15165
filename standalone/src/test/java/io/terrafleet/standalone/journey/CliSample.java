package io.terrafleet.standalone.journey;

import static io.terrafleet.standalone.journey.CliPlatform.HOST;
import static io.terrafleet.standalone.journey.CliPlatform.ORGANIZATION;

/** Configurations that need no provider but the built-in one. */
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
}
