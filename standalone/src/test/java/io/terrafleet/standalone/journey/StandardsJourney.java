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
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** The four security standards stop a real AWS plan in the terraform command, and an override lets it go on. */
@ExtendWith(CliPlatform.class)
@SuppressWarnings("NullAway.Init")
class StandardsJourney {
    private static final Map<String, Object> HOUSE = Map.of(
            "allowed_amis", List.of("ami-0a1b2c3d4e5f60718"),
            "phi_resources",
                    Map.of("arns", List.of("arn:aws:s3:::clinic-phi-records", "arn:aws:s3:::clinic-phi-records/*")));

    /** An offence for each of the standards; that each stops a plan by itself is held by the library's own tests. */
    private static final String OFFENCES =
            """
            resource "aws_security_group" "admin" {
              name = "admin"
              ingress {
                from_port   = 22
                to_port     = 22
                protocol    = "tcp"
                cidr_blocks = ["0.0.0.0/0"]
              }
            }

            resource "aws_ebs_volume" "records" {
              availability_zone = "us-east-1a"
              size              = 10
              encrypted         = false
            }

            resource "aws_instance" "app" {
              ami           = "ami-0123456789abcdef0"
              instance_type = "m6i.large"
              root_block_device { encrypted = true }
            }

            resource "aws_iam_policy" "reader" {
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

    @Test
    void eachSaysWhatOffendsItAndAnOverrideLetsTheRunGoOn() throws Exception {
        String screen = cli.starts("apply", "-no-color")
                .until("Do you want to override the failed policies?")
                .type("override")
                .until("Only 'yes' will be accepted to approve.")
                .type("no")
                .ends(1);

        assertThat(screen)
                .contains("Overall Result: FAILED", "Plan: 4 to add, 0 to change")
                .contains("sg_ingress_cidr", "aws_security_group.admin: lets in 0.0.0.0/0")
                .contains("encryption_at_rest", "aws_ebs_volume.records: ")
                .contains("ec2_hardened_ami", "aws_instance.app: ")
                .contains("phi_access", "aws_iam_policy.reader: ");
    }
}
