package io.terrafleet.api.stranger;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** What a configuration needs is told from its text, whatever is done to hide it; what cannot be told is refused. */
class RequirementsTest {
    private static final String BASE =
            """
            terraform {
              required_providers {
                aws = { source = "hashicorp/aws", version = "~> 5.0" }
              }
            }
            module "net" {
              source = "./net"
            }
            module "vpc" {
              source  = "terraform-aws-modules/vpc/aws"
              version = "5.0.0"
            }
            resource "aws_s3_bucket" "b" {}
            """;

    @Test
    void providersAndModulesAreFoundInLocalModulesToo() throws IOException {
        Requirements needs = of(
                Map.of(
                        "main.tf",
                        BASE,
                        "net/net.tf",
                        """
                data "google_project" "p" {}
                resource "null_resource" "n" { provider = other.west }
                terraform {
                  required_providers {
                    other = {
                      source = "Example.com/Corp/Other"
                    }
                  }
                }
                """));
        assertThat(needs.providers())
                .containsExactly("example.com/corp/other", "hashicorp/aws", "hashicorp/google", "hashicorp/null");
        assertThat(needs.modules()).containsExactly("terraform-aws-modules/vpc/aws");
        assertThat(needs.problems()).isEmpty();
    }

    @Test
    void commentsTextsTemplatesAndHeredocsHideNothing() throws IOException {
        Requirements needs = of(
                Map.of(
                        "main.tf",
                        """
                        locals { a = "}${ "x}" }{" # }
                          b = <<-EOT
                            module "not" { source = "no" }
                            EOT
                          /* module "nor" { */
                        }
                        data /* */ "external" "run" { program = ["sh"] }
                        module "m" { source = "git::https://example.com/m" }
                        """));
        assertThat(needs.providers()).containsExactly("hashicorp/external");
        assertThat(needs.modules()).containsExactly("git::https://example.com/m");
        assertThat(needs.problems()).isEmpty();
    }

    @Test
    void jsonCountsAsWell() throws IOException {
        Requirements needs = of(Map.of(
                "main.tf.json",
                """
                {"data": [{"external": {"run": {"program": ["sh"]}}}],
                 "module": {"m": [{"source": "./sub"}, {"source": "evil/x/y"}]},
                 "terraform": {"required_providers": {"k": {"source": "acme/k"}}}}""",
                "sub/x.tofu",
                "resource \"random_id\" \"r\" {}"));
        assertThat(needs.providers()).containsExactly("acme/k", "hashicorp/external", "hashicorp/random");
        assertThat(needs.modules()).containsExactly("evil/x/y");
    }

    @Test
    void whatCannotBeReadIsAProblem() throws IOException {
        for (String text : List.of(
                "module \"m\" { source = \"\\u002e/evil\" }",
                "module \"m\" {}",
                "locals { a = \"open",
                "locals { a = 1",
                "}",
                "x = <<EOT\nno end",
                "/* no end",
                "\"what\" {}",
                "\"${" + "\"${".repeat(2_000))) {
            assertThat(of(Map.of("main.tf", text)).problems()).as(text).hasSize(1);
        }
        assertThat(of(Map.of("main.tf.json", "[1")).problems()).hasSize(1);
    }

    @Test
    void aStrangerUsesWhatTheBranchUsesOrWhatIsListed() throws IOException {
        Requirements base = of(Map.of("main.tf", BASE, "net/n.tf", ""));
        assertThat(refusal(base, base, null, null)).isEmpty();
        Requirements more = of(Map.of(
                "main.tf",
                BASE + "data \"vault_x\" \"x\" {}\nmodule \"e\" { source = \"evil/x/aws\" }\n",
                "net/n.tf",
                ""));
        assertThat(refusal(more, base, null, null).orElseThrow())
                .contains("the provider hashicorp/vault is not on the provider allow-list")
                .contains("the module source evil/x/aws is not on the module allow-list");
        assertThat(refusal(more, base, List.of("hashicorp/*"), List.of("evil/*", "terraform-aws-modules/*")))
                .isEmpty();
        assertThat(refusal(base, base, List.of("hashicorp/google"), null).orElseThrow())
                .contains("hashicorp/aws");
    }

    @Test
    void whatRunsProgramsIsNamedOrRefused() throws IOException {
        Requirements base = of(Map.of("main.tf", "data \"external\" \"run\" {}"));
        assertThat(refusal(base, base, null, null)).isPresent();
        assertThat(refusal(base, base, List.of("hashicorp/external"), null)).isEmpty();
    }

    @Test
    void aPatternIsNotClimbedOutOf() throws IOException {
        List<String> list = List.of("git::https://github.com/acme/*");
        for (String source : List.of(
                "git::https://github.com/acme/../evil/x",
                "git::https://github.com/acme/x@evil",
                "git::https://github.com/evil/x",
                "git::https://github.com.evil/acme/x")) {
            Requirements wanted = of(Map.of("main.tf", "module \"m\" { source = \"" + source + "\" }"));
            assertThat(refusal(wanted, wanted, null, list)).as(source).isPresent();
        }
        Requirements good =
                of(Map.of("main.tf", "module \"m\" { source = \"git::https://github.com/acme/x//sub?ref=v1\" }"));
        assertThat(refusal(good, good, null, list)).isEmpty();
    }

    @Test
    void aLinkThatIsNotThatOfTheBranchIsRefused() throws IOException {
        Requirements base = of(Map.of("main.tf", BASE, "net/n.tf", ""));
        var differing = AllowList.differing(Map.of("a", "1", "b", "2"), Map.of("a", "1"));
        assertThat(AllowList.refusal(base, base, Optional.empty(), Optional.empty(), differing))
                .hasValueSatisfying(why -> assertThat(why).contains("the link b"));
    }

    private static Optional<String> refusal(
            Requirements wanted,
            Requirements base,
            @org.jspecify.annotations.Nullable List<String> providers,
            @org.jspecify.annotations.Nullable List<String> modules) {
        return AllowList.refusal(
                wanted, base, Optional.ofNullable(providers), Optional.ofNullable(modules), new TreeSet<>());
    }

    private static Requirements of(Map<String, String> files) throws IOException {
        return Requirements.of(
                directory -> {
                    Map<String, Sources.Text> found = new TreeMap<>();
                    files.forEach((path, text) -> {
                        int cut = path.lastIndexOf('/');
                        if (path.substring(0, Math.max(0, cut)).equals(directory)) {
                            found.put(path.substring(cut + 1), new Sources.Text(text, true));
                        }
                    });
                    return found;
                },
                "");
    }
}
