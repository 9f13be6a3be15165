package io.terrafleet.standalone.bench;

import io.terrafleet.standalone.platform.RunningPlatform;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.Consumer;

/** The benchmarks by name. */
public enum Bench {
    RUN_LATENCY("run-latency", 20),
    DRAIN("drain", 50),
    WEBHOOKS("webhooks", 1_000),
    LOGS("logs", 100);

    private final String word;
    private final int usualN;

    Bench(String word, int usualN) {
        this.word = word;
        this.usualN = usualN;
    }

    public String word() {
        return word;
    }

    public int usualN() {
        return usualN;
    }

    /** What the platform that is measured has to be told. */
    public Map<String, String> settings() {
        return switch (this) {
            case WEBHOOKS -> Map.of("terrafleet.vcs.allow-private-addresses", "true");
            case LOGS -> Map.of("terrafleet.run.log-limit", Integer.toString(Integer.MAX_VALUE));
            case RUN_LATENCY, DRAIN -> Map.of();
        };
    }

    /** @param scratch an empty directory for bare terraform */
    public Measured measure(RunningPlatform platform, Path scratch, int n, Consumer<String> progress) {
        return switch (this) {
            case RUN_LATENCY -> new RunLatency().measure(platform, scratch, n, progress);
            case WEBHOOKS -> new WebhookBurst(n).measure(platform, scratch, progress);
            case LOGS -> new LogStream(n).measure(platform, progress);
            case DRAIN -> new Drain().measure(platform, scratch, n, progress);
        };
    }

    static String configuration() {
        try (InputStream in = Bench.class.getResourceAsStream("/bench/main.tf")) {
            if (in == null) {
                throw new IllegalStateException("bench/main.tf is missing from the build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
