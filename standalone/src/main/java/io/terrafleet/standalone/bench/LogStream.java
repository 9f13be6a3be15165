package io.terrafleet.standalone.bench;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.standalone.client.Run;
import io.terrafleet.standalone.client.TfeClient;
import io.terrafleet.standalone.demo.Configuration;
import io.terrafleet.standalone.platform.PlatformUnusable;
import io.terrafleet.standalone.platform.RunningPlatform;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.zip.CRC32;

/**
 * One log, a hundred that follow it. First at the pace of a terraform that works, for how late a line is seen; then as fast as the
 * platform takes it, for how much goes through one api-service and how late the last byte is at each reader.
 */
final class LogStream {
    private static final int READERS = 100;
    /** As much as a runner sends at once. */
    private static final int PIECE = 65_536;

    private static final int LINE = 128;
    private static final int PACED_PIECES = 25;
    private static final int PACED_PIECE = 2_048;
    private static final long PACE_MILLIS = 200;
    private static final long REST_MILLIS = 200;
    private static final double PROMISED_BYTES_A_MINUTE = 300e6;
    private static final String ORGANIZATION = "bench";

    private final int mebibytes;
    private final int pieces;
    private final CRC32 sum = new CRC32();
    private final long[] sent = new long[PACED_PIECES + 1];
    private long line;

    LogStream(int mebibytes) {
        this.mebibytes = mebibytes;
        this.pieces = mebibytes * (1_048_576 / PIECE);
    }

    /** @param path of the log's signed address */
    private record Scene(URI platform, String agentToken, String path) {}

    Measured measure(RunningPlatform platform, Consumer<String> progress) {
        try (TfeClient api = new TfeClient(platform.url(), platform.adminToken().orElseThrow());
                ExecutorService pool = Executors.newFixedThreadPool(READERS)) {
            warmUp(platform.url(), api, progress);
            Scene scene = scene(platform.url(), api, "measured");
            try (LogWriter writer = new LogWriter(scene.platform(), scene.agentToken())) {
                List<Future<LogReader.Heard>> readers = new ArrayList<>();
                for (int i = 0; i < READERS; i++) {
                    readers.add(pool.submit(new LogReader(scene.platform(), scene.path(), marks(), REST_MILLIS)));
                }
                progress.accept(READERS + " readers, " + PACED_PIECES + " pieces at terraform's pace");
                paced(writer);
                progress.accept(READERS + " readers, " + mebibytes + " MiB as fast as it goes");
                long begin = System.nanoTime();
                burst(writer, pieces);
                double written = seconds(begin, System.nanoTime());
                writer.end();
                return measured(begin, written, heard(readers));
            } finally {
                pool.shutdownNow();
            }
        }
    }

    /** One reader and a fiftieth of the bytes: the code is compiled by then. */
    private void warmUp(URI platform, TfeClient api, Consumer<String> progress) {
        progress.accept("warming up");
        Scene scene = scene(platform, api, "warm-up");
        try (LogWriter writer = new LogWriter(platform, scene.agentToken());
                ExecutorService pool = Executors.newSingleThreadExecutor()) {
            Future<LogReader.Heard> reader =
                    pool.submit(new LogReader(platform, scene.path(), new long[0], REST_MILLIS));
            burst(writer, Math.max(1, pieces / 50));
            writer.end();
            heard(List.of(reader));
        }
        sum.reset();
    }

    private static Scene scene(URI platform, TfeClient api, String name) {
        if (name.equals("warm-up")) {
            api.createOrganization(ORGANIZATION);
        }
        String pool = api.post(
                        "organizations/" + ORGANIZATION + "/agent-pools",
                        Map.of("name", name, "organization-scoped", true))
                .path("id")
                .asText();
        JsonNode token = api.post("agent-pools/" + pool + "/authentication-tokens", Map.of("description", "bench"));
        String workspace =
                api.createWorkspace(ORGANIZATION, name, Map.of("execution-mode", "agent", "agent-pool-id", pool));
        String configuration = api.uploadConfiguration(
                workspace, new Configuration(Map.of("main.tf", Bench.configuration())).tarGz(), false);
        Run run = api.startRun(workspace, configuration, Map.of("plan-only", true, "message", "bench"));
        String plan = api.run(run.id()).planId().orElseThrow(() -> new PlatformUnusable("the run has no plan"));
        URI log =
                URI.create(api.attributes("plans/" + plan).path("log-read-url").asText());
        return new Scene(platform, token.path("attributes").path("token").asText(), log.getRawPath());
    }

    /** The end of each paced piece, and of all; in the framed log a byte goes before. */
    private long[] marks() {
        long[] marks = new long[PACED_PIECES + 1];
        for (int i = 0; i < PACED_PIECES; i++) {
            marks[i] = (i + 1L) * PACED_PIECE;
        }
        marks[PACED_PIECES] = PACED_PIECES * (long) PACED_PIECE + pieces * (long) PIECE;
        return marks;
    }

    private void paced(LogWriter writer) {
        for (int i = 0; i < PACED_PIECES; i++) {
            byte[] piece = piece(PACED_PIECE);
            sent[i] = System.nanoTime();
            writer.write(piece);
            try {
                TimeUnit.MILLISECONDS.sleep(PACE_MILLIS);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw new PlatformUnusable("interrupted", e);
            }
        }
    }

    private void burst(LogWriter writer, int count) {
        for (int i = 0; i < count; i++) {
            byte[] piece = piece(PIECE);
            sent[PACED_PIECES] = System.nanoTime();
            writer.write(piece);
        }
    }

    /** Lines of which no two are alike. */
    private byte[] piece(int size) {
        StringBuilder text = new StringBuilder(size);
        while (text.length() < size) {
            String begin = "terraform_data.number[" + line++ + "]: Still creating... ";
            text.append(begin).repeat('.', LINE - 1 - begin.length()).append('\n');
        }
        byte[] piece = text.toString().getBytes(StandardCharsets.US_ASCII);
        sum.update(piece);
        return piece;
    }

    private static List<LogReader.Heard> heard(List<Future<LogReader.Heard>> readers) {
        List<LogReader.Heard> heard = new ArrayList<>();
        try {
            for (Future<LogReader.Heard> reader : readers) {
                heard.add(reader.get());
            }
            return heard;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformUnusable("interrupted", e);
        } catch (ExecutionException e) {
            throw new PlatformUnusable("a reader failed: " + e.getCause(), e);
        }
    }

    private Measured measured(long begin, double written, List<LogReader.Heard> heard) {
        Series pieceLate = Series.empty("a piece at a reader");
        Series lastLate = Series.empty("the last byte at a reader");
        long end = begin;
        for (LogReader.Heard reader : heard) {
            for (int i = 0; i < PACED_PIECES; i++) {
                pieceLate.add(seconds(sent[i], reader.nanos()[i]));
            }
            long last = reader.nanos()[PACED_PIECES];
            lastLate.add(seconds(sent[PACED_PIECES], last));
            end = Math.max(end, last);
        }
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("piece p50Seconds", pieceLate.median());
        figures.put("piece p99Seconds", pieceLate.quantile(0.99));
        figures.put("written MiB perMinute", mebibytes / written * 60);
        figures.put("read by all MiB perMinute", READERS * (double) mebibytes / seconds(begin, end) * 60);
        figures.put("last byte p50Seconds", lastLate.median());
        figures.put("last byte mostSeconds", lastLate.quantile(1));
        long bytes = marks()[PACED_PIECES];
        Map<String, Boolean> promises = new LinkedHashMap<>();
        promises.put(
                "300 MB of log a minute through one api, while a hundred read it",
                mebibytes * 1_048_576.0 / written * 60 >= PROMISED_BYTES_A_MINUTE);
        promises.put(
                "every reader has every byte, and no other",
                heard.stream().allMatch(reader -> reader.bytes() == bytes && reader.sum() == sum.getValue()));
        return new Measured("logs", mebibytes, method(), figures, Map.of(), List.of(lastLate), promises);
    }

    private String method() {
        return "a runner's log by the runner's protocol, in pieces of 64 KiB; " + READERS
                + " readers of its signed address, 64 KiB at a time, resting " + REST_MILLIS
                + " ms when there is nothing new; all in the platform's own JVM. First " + PACED_PIECES
                + " pieces " + PACE_MILLIS + " ms apart, then " + mebibytes + " MiB as fast as they are taken";
    }

    private static double seconds(long from, long to) {
        return (to - from) / 1e9;
    }
}
