package io.terrafleet.standalone.figures;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import io.terrafleet.standalone.figures.Page.Result;
import io.terrafleet.standalone.platform.PlatformUnusable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** Runs benchmarks as people would, each a process of its own, so that none meets what another left in memory. */
public final class Measuring {
    private static final int MOST_WORDS = 300;

    private final Path launcher;
    private final Path scratch;
    private final Duration most;

    /**
     * @param launcher the project's {@code terrafleet}
     * @param scratch an empty directory
     * @param most what takes longer is ended, and failed
     */
    public Measuring(Path launcher, Path scratch, Duration most) {
        this.launcher = launcher;
        this.scratch = scratch;
        this.most = most;
    }

    public Result measure(Kind kind, boolean briefly) {
        long begin = System.nanoTime();
        List<String> command = new ArrayList<>(List.of(launcher.toString()));
        command.addAll(kind.arguments(briefly));
        Path output = scratch.resolve(kind.word() + ".json");
        Path errors = scratch.resolve(kind.word() + ".txt");
        try {
            Process process = new ProcessBuilder(command)
                    .redirectOutput(output.toFile())
                    .redirectError(errors.toFile())
                    .start();
            boolean ended = process.waitFor(most.toSeconds(), TimeUnit.SECONDS);
            if (!ended) {
                process.descendants().forEach(ProcessHandle::destroy);
                process.destroy();
            }
            double seconds = (System.nanoTime() - begin) / 1e9;
            return ended
                    ? result(kind, seconds, process.exitValue(), Files.readString(output), lastWords(errors))
                    : failed(kind, seconds, "it took longer than " + most.toMinutes() + " minutes and was ended");
        } catch (IOException e) {
            throw new PlatformUnusable(launcher + " cannot be run: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformUnusable("interrupted", e);
        }
    }

    /** Exit code 1 means that a promise is broken; figures are there all the same. */
    static Result result(Kind kind, double seconds, int code, String output, String lastWords) {
        try {
            JsonNode said = Json.mapper().readTree(output.isBlank() ? "{}" : output);
            Map<String, Double> figures = new LinkedHashMap<>();
            said.path("figures").properties().forEach(each -> {
                if (each.getValue().isNumber()) { // what has no value, as the median of nothing, is left out
                    figures.put(each.getKey(), each.getValue().asDouble());
                }
            });
            Map<String, Boolean> promises = new LinkedHashMap<>();
            said.path("promises")
                    .properties()
                    .forEach(each -> promises.put(each.getKey(), each.getValue().asBoolean()));
            if (figures.isEmpty()) {
                return failed(kind, seconds, "no figures, exit code " + code + ": " + lastWords);
            }
            return new Result(kind.word(), kind.what(), seconds, figures, promises, Optional.empty());
        } catch (JsonProcessingException e) {
            return failed(kind, seconds, "what it printed is no JSON, exit code " + code + ": " + lastWords);
        }
    }

    private static Result failed(Kind kind, double seconds, String why) {
        return new Result(kind.word(), kind.what(), seconds, Map.of(), Map.of(), Optional.of(why));
    }

    private static String lastWords(Path errors) throws IOException {
        String text = Files.readString(errors, StandardCharsets.UTF_8).strip().replace('\n', ' ');
        return text.substring(Math.max(0, text.length() - MOST_WORDS));
    }
}
