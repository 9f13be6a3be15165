package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.standalone.demo.ProviderMirror;
import io.terrafleet.standalone.journey.CliPlatform.Running;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Each of the four security standards stops a real AWS plan in the terraform command, and an override lets it go on. */
@ExtendWith(CliPlatform.class)
@SuppressWarnings("NullAway.Init")
class StandardsJourney {
    private static final Map<String, Object> HOUSE = Map.of(
            "allowed_amis", List.of("ami-0a1b2c3d4e5f60718"),
            "phi_resources",
                    Map.of("arns", List.of("arn:aws:s3:::clinic-phi-records", "arn:aws:s3:::clinic-phi-records/*")));

    /** One configuration, that offends as it is told: the command's init, of 700 MB, is done once. */
    private static final String OFFENCES =
            """
            variable "offence" { type = string }

            resource "aws_security_group" "admin" {
              count = var.offence == "sg_ingress_cidr" ? 1 : 0
              name  = "admin"
              ingress {
                from_port   = 22
                to_port     = 22
                protocol    = "tcp"
                cidr_blocks = ["0.0.0.0/0"]
              }
            }

            resource "aws_ebs_volume" "records" {
              count             = var.offence == "encryption_at_rest" ? 1 : 0
              availability_zone = "us-east-1a"
              size              = 10
              encrypted         = false
            }

            resource "aws_instance" "app" {
              count         = var.offence == "ec2_hardened_ami" ? 1 : 0
              ami           = "ami-0123456789abcdef0"
              instance_type = "m6i.large"
              root_block_device { encrypted = true }
            }

            resource "aws_iam_policy" "reader" {
              count  = var.offence == "phi_access" ? 1 : 0
              name   = "reader"
              policy = jsonencode({
                Version   = "2012-10-17"
                Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::clinic-phi-records/*" }]
              })
            }
            """;

    private static Cli cli;

    @BeforeAll
    static void anOrganizationUnderTheStandards(Running platform) throws Exception {
        Optional<Path> mirror = ProviderMirror.withAws(System.getenv());
        Assumptions.assumeTrue(mirror.isPresent(), "skipped: provider absent; no mirror of hashicorp/aws found");
        platform.api().createOrganization("std");
        String standards = platform.api().policySet("std", "security-standards");
        HOUSE.forEach((key, value) -> platform.api().setParameter(standards, key, value));
        cli = platform.cli(mirror.orElseThrow())
                .write("provider.tf", CliSample.awsProvider())
                .write("main.tf", CliSample.cloud("name = \"clinic\"").replace("\"acme\"", "\"std\"") + OFFENCES);
        cli.does("init", "-no-color");
    }

    @ParameterizedTest
    @CsvSource({
        "sg_ingress_cidr,    aws_security_group.admin[0]: lets in 0.0.0.0/0",
        "encryption_at_rest, aws_ebs_volume.records[0]: ",
        "ec2_hardened_ami,   aws_instance.app[0]: ",
        "phi_access,         aws_iam_policy.reader[0]: "
    })
    void blocksAndIsOverridden(String standard, String reason) throws Exception {
        String screen = cli.starts("apply", "-no-color", "-var", "offence=" + standard)
                .until("Do you want to override the failed policies?")
                .type("override")
                .until("Only 'yes' will be accepted to approve.")
                .type("no")
                .ends(1);

        assertThat(screen).contains("Overall Result: FAILED", standard, reason, "Plan: 1 to add, 0 to change");
    }
}
