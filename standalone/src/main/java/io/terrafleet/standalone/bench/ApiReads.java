package io.terrafleet.standalone.bench;

import io.terrafleet.standalone.bench.ReadKind.Samples;
import io.terrafleet.standalone.client.TfeClient;
import io.terrafleet.standalone.platform.PlatformUnusable;
import io.terrafleet.standalone.platform.RunningPlatform;
import java.net.URI;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Reads of a large installation, each kind by itself and then all together as clients mix them. */
public final class ApiReads {
    private static final int CONNECTIONS = 8;
    /** For a kind by itself: how long it takes, not how long it waits for its own like. */
    private static final int ALONE = 2;

    private static final int MIX = 10;
    private static final int MOST_WARM_UPS = 15;
    private static final double PROMISED_SECONDS = 0.05;
    private static final double PROMISED_REQUESTS = 1_000;
    /** A smaller table is read whole by right: its index would cost more. */
    private static final int WORTH_AN_INDEX = 10_000;
    /** Until every connection of the service has told PostgreSQL's statistics what it read. */
    private static final int STATISTICS_SECONDS = 12;

    private final int workspaces;
    private final int runs;
    private final int requests;

    /** @param requests of each kind */
    public ApiReads(int workspaces, int runs, int requests) {
        this.workspaces = workspaces;
        this.runs = runs;
        this.requests = requests;
    }

    public Measured measure(RunningPlatform platform, Consumer<String> progress) {
        try (TfeClient api = new TfeClient(platform.url(), platform.adminToken().orElseThrow());
                ApiFill database = new ApiFill(platform.database())) {
            if (database.isEmpty()) {
                make(api, database, progress);
            } else {
                database.requireFilled(workspaces, runs);
            }
            Samples samples = samples(database);
            String again = "-" + database.texts("select count(*) from team").getFirst();
            String everywhere =
                    api.createTeamToken(api.createTeam("bench-1", "platform" + again, Map.of("read-workspaces", true)));
            String somewhere = api.createTeam("bench-1", "product" + again, Map.of());
            samples.projectIds().stream().limit(3).forEach(project -> api.giveProject(somewhere, project, "read"));
            List<ReadKind> kinds = ReadKind.all(samples, everywhere, api.createTeamToken(somewhere));
            return measure(platform.url(), kinds, database, progress);
        }
    }

    private void make(TfeClient api, ApiFill database, Consumer<String> progress) {
        IntStream.rangeClosed(1, 5).forEach(number -> api.createOrganization("bench-" + number));
        progress.accept("making %,d workspaces and %,d runs".formatted(workspaces, runs));
        long begin = System.nanoTime();
        database.fill(workspaces, runs);
        progress.accept("made in %.0f s".formatted((System.nanoTime() - begin) / 1e9));
    }

    private Measured measure(URI platform, List<ReadKind> kinds, ApiFill database, Consumer<String> progress) {
        List<ReadKind> mix = mixed(kinds);
        progress.accept("warming up");
        int rounds = Compilers.rest(MOST_WARM_UPS, () -> asked(platform, mix, CONNECTIONS, requests * MIX / 2, 0));
        progress.accept("the compilers rest after " + rounds + " rounds");
        Map<String, Long> before = settled(database);
        Map<String, Double> figures = new LinkedHashMap<>();
        List<Series> series = new ArrayList<>();
        boolean quick = true;
        for (ReadKind kind : kinds) {
            progress.accept(kind.name().strip());
            Asked alone = asked(platform, List.of(kind), ALONE, requests, requests);
            quick &= alone.series(kind.name()).quantile(0.99) < PROMISED_SECONDS;
            put(figures, kind.name(), alone);
        }
        progress.accept("all together");
        Asked together = asked(platform, mix, CONNECTIONS, requests * MIX, 2 * requests);
        put(figures, "all together", together);
        Map<String, Boolean> promises = new LinkedHashMap<>();
        promises.put("p99 of all together under 50 ms", together.quantile(0.99) < PROMISED_SECONDS);
        promises.put("p99 of every kind by itself under 50 ms", quick);
        promises.put("at least 1,000 requests a second, all together", together.perSecond() >= PROMISED_REQUESTS);
        promises.putAll(byIndex(before, settled(database)));
        return new Measured("api", requests, method(kinds), figures, Map.of(), series, promises);
    }

    private String method(List<ReadKind> kinds) {
        return String.format(
                Locale.ROOT,
                "%,d workspaces and %,d runs; client in the platform's own JVM, asking again at once; when its compilers have come"
                        + " to rest, n requests of each kind by itself over %d connections, then %d n over %d connections in the mix %s",
                workspaces,
                runs,
                ALONE,
                MIX,
                CONNECTIONS,
                kinds.stream()
                        .map(kind -> kind.name().strip() + " " + kind.share() + " %")
                        .collect(Collectors.joining(", ")));
    }

    private Samples samples(ApiFill database) {
        String own =
                " where organization_id = (select id from organization where name = 'bench-1') order by md5(id || 'x') limit 3000";
        return new Samples(
                database.texts("select id from workspace" + own),
                database.texts("select name from workspace" + own),
                database.texts("select id from run" + own.replace(" order by", " and number % 50 = 0 order by")),
                database.texts("select id from project" + own.replace(" order by", " and not is_default order by")),
                workspaces * 6 / 10);
    }

    /** As many turns for each kind as its share says, spread evenly. */
    private static List<ReadKind> mixed(List<ReadKind> kinds) {
        List<ReadKind> mix = new ArrayList<>();
        int longest = kinds.stream().mapToInt(ReadKind::share).max().orElseThrow();
        for (int round = 0; round < longest; round++) {
            for (ReadKind kind : kinds) {
                if (kind.share() * (round + 1) / longest > kind.share() * round / longest) {
                    mix.add(kind);
                }
            }
        }
        return mix;
    }

    /** @param seconds each request took, by kind */
    private record Asked(Map<String, Series> seconds, double wall) {
        Series series(String kind) {
            return seconds.getOrDefault(kind, Series.empty(kind));
        }

        Series all() {
            Series all = Series.empty("all");
            seconds.values().forEach(series -> series.seconds().forEach(all::add));
            return all;
        }

        double quantile(double share) {
            return all().quantile(share);
        }

        double perSecond() {
            return all().seconds().size() / wall;
        }
    }

    private static void put(Map<String, Double> figures, String name, Asked asked) {
        figures.put(name + " p50Seconds", asked.quantile(0.5));
        figures.put(name + " p99Seconds", asked.quantile(0.99));
        figures.put(name + " perSecond", asked.perSecond());
    }

    private static Asked asked(URI platform, List<ReadKind> kinds, int connections, int count, int from) {
        long begin = System.nanoTime();
        Map<String, Series> seconds = new LinkedHashMap<>();
        try (ExecutorService pool = Executors.newFixedThreadPool(connections)) {
            List<Future<Map<String, Series>>> all = IntStream.range(0, connections)
                    .mapToObj(line -> pool.submit(() -> line(
                            platform,
                            kinds,
                            IntStream.range(0, count)
                                    .filter(i -> i % connections == line)
                                    .map(i -> from + i)
                                    .toArray())))
                    .toList();
            for (Future<Map<String, Series>> each : all) {
                each.get().forEach((kind, series) -> series.seconds()
                        .forEach(seconds.computeIfAbsent(kind, Series::empty)::add));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformUnusable("interrupted", e);
        } catch (ExecutionException e) {
            throw e.getCause() instanceof PlatformUnusable unusable
                    ? unusable
                    : new PlatformUnusable("a request failed: " + e.getCause(), e);
        }
        return new Asked(seconds, (System.nanoTime() - begin) / 1e9);
    }

    /** One connection asks for all of these, one after the other. */
    private static Map<String, Series> line(URI platform, List<ReadKind> kinds, int[] numbers) {
        Map<String, Series> seconds = new LinkedHashMap<>();
        try (Wire wire = new Wire(platform)) {
            for (int i : numbers) {
                ReadKind kind = kinds.get(i % kinds.size());
                String path = kind.path().apply(i);
                long begin = System.nanoTime();
                wire.get(path, kind.token());
                seconds.computeIfAbsent(kind.name(), Series::empty).add((System.nanoTime() - begin) / 1e9);
            }
        }
        return seconds;
    }

    private static Map<String, Long> settled(ApiFill database) {
        if (database.wholeReads(WORTH_AN_INDEX).isEmpty()) {
            return Map.of();
        }
        try {
            TimeUnit.SECONDS.sleep(STATISTICS_SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new PlatformUnusable("interrupted", e);
        }
        return database.wholeReads(WORTH_AN_INDEX);
    }

    /** Nothing is promised of tables that are all too small. */
    private static Map<String, Boolean> byIndex(Map<String, Long> before, Map<String, Long> after) {
        if (after.isEmpty()) {
            return Map.of();
        }
        Map<String, Long> read = new LinkedHashMap<>();
        after.forEach((table, times) -> {
            long more = times - before.getOrDefault(table, 0L);
            if (more > 0) {
                read.put(table, more);
            }
        });
        String large = "by index, never by a scan of " + String.join(", ", after.keySet());
        return Map.of(read.isEmpty() ? large : large + "; scanned were " + read, read.isEmpty());
    }

    /** For people. */
    public static String table(Measured measured) {
        StringBuilder table = new StringBuilder("api, n = " + measured.n() + ": " + measured.method() + "\n");
        table.append(String.format(Locale.ROOT, "  %-32s %9s %9s %12s%n", "", "p50 ms", "p99 ms", "requests/s"));
        measured.figures().keySet().stream()
                .filter(name -> name.endsWith(" perSecond"))
                .map(name -> name.substring(0, name.length() - " perSecond".length()))
                .forEach(name -> table.append(String.format(
                        Locale.ROOT,
                        "  %-32s %9.1f %9.1f %12.0f%n",
                        name,
                        1_000 * measured.figures().getOrDefault(name + " p50Seconds", Double.NaN),
                        1_000 * measured.figures().getOrDefault(name + " p99Seconds", Double.NaN),
                        measured.figures().getOrDefault(name + " perSecond", Double.NaN))));
        measured.promises().forEach((promise, kept) -> table.append("  ")
                .append(kept ? "holds   " : "BROKEN  ")
                .append(promise)
                .append('\n'));
        return table.toString().stripTrailing();
    }
}
