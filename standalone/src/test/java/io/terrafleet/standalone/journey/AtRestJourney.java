package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import io.terrafleet.standalone.journey.CliPlatform.Running;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jose4j.jwk.JsonWebKeySet;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.resolvers.JwksVerificationKeyResolver;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;

/** What a run is trusted with: nothing of it lies readable on the disk, and a cloud can tell which run asks. */
@ExtendWith(CliPlatform.class)
@Execution(ExecutionMode.CONCURRENT)
class AtRestJourney {
    private static final String WORKSPACE = "sealed";
    private static final String CONFIGURATION =
            """
            variable "password" { sensitive = true }
            resource "terraform_data" "store" { input = var.password }
            resource "terraform_data" "cloud" {
              provisioner "local-exec" {
                command = "echo \\"token $(echo $TFC_WORKLOAD_IDENTITY_TOKEN | tr . ' ')\\""
              }
            }
            output "note" { value = "SHOWN" }
            """;
    private static final Pattern TOKEN = Pattern.compile("token ([\\w-]+) ([\\w-]+) ([\\w-]+)");

    private static void variable(CliCalls calls, String key, String value, String category) throws Exception {
        calls.send(
                "POST",
                "workspaces/" + calls.id(WORKSPACE) + "/vars",
                Map.of(
                        "data",
                        Map.of(
                                "type",
                                "vars",
                                "attributes",
                                Map.of("key", key, "value", value, "category", category, "sensitive", true))));
    }

    @Test
    void nothingIsReadableOnTheDiskAndTheRunSaysWhoItIs(Running platform) throws Exception {
        CliCalls calls = platform.calls();
        String secret = "value-of-a-variable-7f3b";
        String shown = "value-in-log-plan-and-state-91ce";
        Cli cli = platform.cli()
                .write(
                        "main.tf",
                        CliSample.cloud("name = \"" + WORKSPACE + "\"") + CONFIGURATION.replace("SHOWN", shown));
        cli.does("init", "-no-color");
        variable(calls, "password", secret, "terraform");
        variable(calls, "PASSWORD", secret + "-env", "env");
        calls.send(
                "POST",
                "workspaces/" + calls.id(WORKSPACE) + "/vars",
                Map.of(
                        "data",
                        Map.of(
                                "type",
                                "vars",
                                "attributes",
                                Map.of(
                                        "key",
                                        "TFC_WORKLOAD_IDENTITY_AUDIENCE",
                                        "value",
                                        "cloud.example",
                                        "category",
                                        "env"))));
        String screen = cli.does("apply", "-no-color", "-auto-approve");
        assertThat(screen).contains(shown, "Apply complete! Resources: 2 added").doesNotContain(secret);
        assertThat(cli.does("output", "-no-color")).contains(shown);
        assertThat(cli.does("state", "pull")).contains(secret);

        JwtClaims claims = believed(platform, screen);
        assertThat(claims.getSubject())
                .isEqualTo("organization:acme:project:Default Project:workspace:sealed:run_phase:apply");

        String person = calls.newAdministrator("sealed-person");
        Map<String, String> marks = new LinkedHashMap<>();
        marks.put("a variable", secret);
        marks.put("an output in the state, the plan and the log", shown);
        marks.put("the token of a person", person);
        marks.put("the first administrator's token", TestPlatform.TOKEN);
        assertThat(readable(platform.data(), marks)).isEmpty();
    }

    /** As a cloud does: from the issuer to its keys to the claims. */
    private static JwtClaims believed(Running platform, String screen) throws Exception {
        Matcher printed = TOKEN.matcher(screen);
        assertThat(printed.find()).as(screen).isTrue();
        String token = printed.group(1) + "." + printed.group(2) + "." + printed.group(3);
        JsonNode discovery = get(platform, platform.url().resolve("/.well-known/openid-configuration"));
        String keys =
                get(platform, URI.create(discovery.path("jwks_uri").asText())).toString();
        return new JwtConsumerBuilder()
                .setVerificationKeyResolver(new JwksVerificationKeyResolver(new JsonWebKeySet(keys).getJsonWebKeys()))
                .setExpectedIssuer(discovery.path("issuer").asText())
                .setExpectedAudience("cloud.example")
                .setRequireExpirationTime()
                .build()
                .processToClaims(token);
    }

    private static JsonNode get(Running platform, URI address) throws IOException, InterruptedException {
        HttpResponse<String> answer = platform.calls()
                .http()
                .send(HttpRequest.newBuilder(address).build(), HttpResponse.BodyHandlers.ofString());
        assertThat(answer.statusCode()).as("%s: %s", address, answer.body()).isEqualTo(200);
        return Json.mapper().readTree(answer.body());
    }

    /** Which mark stands in which file; files come and go meanwhile. */
    private static List<String> readable(Path directory, Map<String, String> marks) throws IOException {
        TreeSet<String> found = new TreeSet<>();
        Files.walkFileTree(directory, new SimpleFileVisitor<>() {
            @Override
            public FileVisitResult visitFile(Path file, BasicFileAttributes attributes) throws IOException {
                String text = attributes.isRegularFile() ? text(file) : "";
                marks.forEach((name, mark) -> {
                    if (text.contains(mark)) {
                        found.add(name + " in " + directory.relativize(file));
                    }
                });
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult visitFileFailed(Path file, IOException gone) {
                return FileVisitResult.CONTINUE;
            }

            @Override
            public FileVisitResult postVisitDirectory(Path visited, @Nullable IOException gone) {
                return FileVisitResult.CONTINUE;
            }
        });
        return List.copyOf(found);
    }

    /** Byte by byte; nothing of a file that was there a moment ago. */
    private static String text(Path file) throws IOException {
        try (InputStream content = Files.newInputStream(file)) {
            return new String(content.readAllBytes(), StandardCharsets.ISO_8859_1);
        } catch (NoSuchFileException e) {
            return "";
        }
    }
}
