package io.terrafleet.standalone.cluster;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import io.terrafleet.standalone.platform.PlatformUnusable;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * The cluster that {@code kubectl} talks to: the current context of what KUBECONFIG names.
 *
 * @param command the program's path or name
 */
public record Kubectl(String command) {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int MOST_PRINTED = 2_000;

    /** What a call printed. */
    public record Said(int exitCode, String output, String errors) {
        boolean well() {
            return exitCode == 0;
        }
    }

    /** @throws PlatformUnusable when there is no kubectl, or no cluster that answers; says which */
    public static Kubectl reaching(String command) {
        Kubectl kubectl = new Kubectl(command);
        Said version = kubectl.says("get", "--raw", "/version");
        if (!version.well()) {
            throw new PlatformUnusable(
                    "No cluster answers: " + version.errors().strip()
                            + "\nPoint KUBECONFIG to a cluster of Kubernetes 1.26 or newer, and look with: kubectl get --raw /version");
        }
        JsonNode told = json(version.output());
        String minor = told.path("minor").asText().replaceAll("[^0-9]", "");
        if (!told.path("major").asText().equals("1") || minor.isEmpty() || Integer.parseInt(minor) < 26) {
            throw new PlatformUnusable("The cluster has Kubernetes "
                    + told.path("gitVersion").asText("of an unknown version") + "; 1.26 or newer is needed.");
        }
        return kubectl;
    }

    Said says(String... arguments) {
        Path errors = temporary();
        Path output = temporary();
        try {
            Process process = new ProcessBuilder(line(arguments))
                    .redirectError(errors.toFile())
                    .redirectOutput(output.toFile())
                    .start();
            process.getOutputStream().close();
            if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
                process.destroyForcibly();
                return new Said(
                        124,
                        "",
                        String.join(" ", line(arguments)) + " did not end within " + PATIENCE.toSeconds() + " s");
            }
            return new Said(process.exitValue(), Files.readString(output), limited(Files.readString(errors)));
        } catch (IOException e) {
            throw new PlatformUnusable(
                    "kubectl cannot be run (" + e.getMessage() + "). Install it, or name it with --kubectl.", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformUnusable("interrupted while kubectl was running", e);
        } finally {
            delete(errors);
            delete(output);
        }
    }

    /** The answer as JSON. @throws CheckFailed when kubectl fails */
    JsonNode get(String... arguments) {
        List<String> all = new ArrayList<>(List.of("get"));
        all.addAll(List.of(arguments));
        all.addAll(List.of("-o", "json"));
        return json(must(all.toArray(String[]::new)));
    }

    /** @throws CheckFailed when kubectl fails */
    String must(String... arguments) {
        Said said = says(arguments);
        if (!said.well()) {
            throw new CheckFailed("kubectl " + String.join(" ", arguments) + ": "
                    + said.errors().strip());
        }
        return said.output();
    }

    /** A call that goes on until it is destroyed; its output is read by the caller. */
    Process goesOn(String... arguments) {
        try {
            return new ProcessBuilder(line(arguments))
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
        } catch (IOException e) {
            throw new PlatformUnusable("kubectl cannot be run: " + e.getMessage(), e);
        }
    }

    private List<String> line(String... arguments) {
        List<String> line = new ArrayList<>(List.of(command));
        line.addAll(List.of(arguments));
        return line;
    }

    private static JsonNode json(String text) {
        try {
            return Json.mapper().readTree(text.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new CheckFailed("kubectl printed what is no JSON: " + limited(text));
        }
    }

    private static String limited(String text) {
        return text.length() > MOST_PRINTED ? text.substring(0, MOST_PRINTED) + " …" : text;
    }

    private static Path temporary() {
        try {
            return Files.createTempFile("kubectl", ".txt");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
