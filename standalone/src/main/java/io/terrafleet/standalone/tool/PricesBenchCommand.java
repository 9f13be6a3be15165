package io.terrafleet.standalone.tool;

import io.terrafleet.contracts.Json;
import io.terrafleet.cost.offer.Offer;
import io.terrafleet.cost.offer.OfferUnreadable;
import io.terrafleet.cost.offer.Offers;
import io.terrafleet.standalone.author.ToolFailure;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how fast price lists are read, and in how much memory. */
@Command(
        name = "prices",
        description =
                "Measures how fast generated offer files of 64 MB and 450 MB are read; the exit code is 1 when a promise does not hold.")
public final class PricesBenchCommand implements Callable<Integer> {
    private static final int SMALL = 11_400;
    private static final int LARGE = 80_000;
    private static final double SMALL_SECONDS = 10;
    private static final double HEAP_MEGABYTES = 256;
    private static final double MEGABYTE = 1_048_576;

    /** @param figures seconds and megabytes */
    public record Result(Map<String, Double> figures, Map<String, Boolean> promises) {}

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(names = "--json", description = "The figures as JSON on standard output.")
    boolean json;

    @Override
    public Integer call() {
        PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
        Result result = measure();
        if (json) {
            out.println(new String(Json.write(result), StandardCharsets.UTF_8));
        } else {
            out.println("prices: read generated offer files, once each");
            result.figures().forEach((figure, value) -> out.printf(Locale.ROOT, "  %-40s %10.2f%n", figure, value));
            result.promises()
                    .forEach((promise, kept) -> out.println("  " + (kept ? "holds   " : "BROKEN  ") + promise));
        }
        out.flush();
        return result.promises().containsValue(false) ? 1 : 0;
    }

    private static Result measure() {
        Map<String, Double> figures = new LinkedHashMap<>();
        double small = read(SMALL, "small", figures);
        read(LARGE, "large", figures);
        double heap = Runtime.getRuntime().maxMemory() / MEGABYTE;
        figures.put("largest heap allowed, MB", heap);
        Map<String, Boolean> promises = new LinkedHashMap<>();
        promises.put("64 MB under 10 s", small < SMALL_SECONDS);
        promises.put("450 MB read, all of it in at most 256 MB of heap", heap <= HEAP_MEGABYTES);
        return new Result(figures, promises);
    }

    /** @return seconds */
    private static double read(int products, String name, Map<String, Double> figures) {
        try {
            Path file = Files.createTempFile("offer", ".json");
            try {
                SampleOffer.write(file, products);
                System.gc();
                pools().forEach(MemoryPoolMXBean::resetPeakUsage);
                long begin = System.nanoTime();
                Offer offer = Offers.read(file, bytes -> {});
                double seconds = (System.nanoTime() - begin) / 1e9;
                figures.put(name + " file, MB", Files.size(file) / MEGABYTE);
                figures.put(name + " file, seconds", seconds);
                figures.put(name + " file, prices taken", (double) offer.rows().size());
                figures.put(name + " file, peak of heap in use, MB", peak());
                return seconds;
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the sample cannot be kept", e);
        } catch (OfferUnreadable e) {
            throw new ToolFailure(String.valueOf(e.getMessage()), e);
        }
    }

    private static List<MemoryPoolMXBean> pools() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .toList();
    }

    /** What is collected only later counts as well. */
    private static double peak() {
        return pools().stream().mapToLong(pool -> pool.getPeakUsage().getUsed()).sum() / MEGABYTE;
    }
}
