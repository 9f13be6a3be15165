package io.terrafleet.standalone.author;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.event.Enforcement;
import io.terrafleet.contracts.event.PolicyDecision.SetOutcome;
import io.terrafleet.contracts.event.PolicySetRef;
import io.terrafleet.contracts.event.PolicySetRef.PolicyRef;
import io.terrafleet.contracts.plan.PlanUnreadable;
import io.terrafleet.policy.evaluation.Evaluation;
import io.terrafleet.policy.evaluation.PlanReader;
import io.terrafleet.policy.evaluation.Subject;
import io.terrafleet.policy.library.Library;
import io.terrafleet.rego.evaluation.Limits;
import io.terrafleet.standalone.bench.Measured;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Measures how long plans take to be judged, parse included, by every rule of the library. */
@Command(
        name = "policy",
        description = {
            "How long plans of 100, 3,360 and 15,000 resources take to be judged by the whole library, parse included, warm.",
            "The exit code is 1 when a promise does not hold on this machine."
        })
public final class PolicyBenchCommand implements Callable<Integer> {
    private static final double MILLION = 1e6;
    private static final int SMALL = 100;
    private static final int LARGE = 3_360;
    private static final int HUGE = 15_000;
    private static final long PROMISED_BYTES = 512L << 20;

    @Spec
    @Nullable
    CommandSpec spec;

    @Option(
            names = "--n",
            paramLabel = "N",
            description = "How many rounds for each plan, after as many to warm up (10).")
    int n = 10;

    @Option(names = "--json", description = "The figures as JSON on standard output.")
    boolean json;

    @Override
    public Integer call() {
        if (n < 2 || n > 1_000) {
            throw new ToolFailure("--n goes from 2 to 1000");
        }
        Output output = Output.of(spec);
        Map<String, Double> figures = new LinkedHashMap<>();
        Judge judge = new Judge(new Library(), everyRule());
        double small = seconds(judge, output, SamplePlan.of(SMALL), "small", figures);
        double large = seconds(judge, output, SamplePlan.of(LARGE), "large", figures);
        Path given = Path.of(System.getProperty("terrafleet.root", "."), "../shared/data/plans/10-large/plan.json.gz");
        double real = Files.isRegularFile(given)
                ? seconds(judge, output, Documents.bytes(given.toString()), "given", figures)
                : 0;
        double huge = seconds(judge, output, SamplePlan.of(HUGE), "huge", figures);
        double peak = peakHeap() / (double) (1 << 20);
        figures.put("peakHeapMebibytes", peak);
        double slowdown = best(figures, "huge") / HUGE / (best(figures, "large") / LARGE);
        figures.put("secondsPerResourceHugeByLargeRatio", slowdown);
        Map<String, Boolean> promises = new LinkedHashMap<>();
        promises.put("100 resources in less than 50 ms", small < 0.05);
        promises.put("3,360 resources in less than 0.5 s", Math.max(large, real) < 0.5);
        promises.put("15,000 resources in less than 2 s", huge < 2);
        promises.put("in a heap of less than 512 MiB", peak * (1 << 20) < PROMISED_BYTES);
        promises.put("linear: a resource of 15,000 takes at most twice one of 3,360", slowdown < 2);
        Measured measured = new Measured(
                "policy",
                n,
                "median of n rounds after n to warm up, each: parse the JSON, index it, ask all "
                        + judge.set().policies().size()
                        + " rules of the library; one thread, this JVM's compiler settings",
                figures,
                Map.of(),
                List.of(),
                promises);
        tell(output, measured);
        return measured.holds() ? ExitCode.PASSED : ExitCode.FAILED;
    }

    private double seconds(Judge judge, Output output, byte[] plan, String size, Map<String, Double> figures) {
        output.warn("  " + size + ": " + plan.length / 1_000 + " kB");
        List<Double> rounds = new ArrayList<>();
        for (int round = 0; round < 2 * n; round++) {
            long start = System.nanoTime();
            judge.judge(plan);
            if (round >= n) {
                rounds.add((System.nanoTime() - start) / MILLION / 1_000);
            }
        }
        Collections.sort(rounds);
        double median = rounds.get(rounds.size() / 2);
        figures.put(size + "MedianSeconds", median);
        figures.put(size + "BestSeconds", rounds.getFirst());
        figures.put(size + "WorstSeconds", rounds.getLast());
        return median;
    }

    /** Judges plans by every rule. */
    private record Judge(Library library, PolicySetRef set) {
        void judge(byte[] plan) {
            try {
                Subject subject = Subject.of(PlanReader.read(plan), SampleRun.RUN);
                SetOutcome outcome = Evaluation.judge(subject, set, library.policies(), Limits.DEFAULT);
                outcome.outcomes().stream()
                        .filter(each -> each.status().equals("errored"))
                        .findFirst()
                        .ifPresent(each -> {
                            throw new ToolFailure(each.policy() + ": " + each.violations());
                        });
            } catch (PlanUnreadable e) {
                throw new ToolFailure("the plan cannot be read: " + e.getMessage(), e);
            }
        }
    }

    private static double best(Map<String, Double> figures, String size) {
        return figures.getOrDefault(size + "BestSeconds", Double.NaN);
    }

    private static PolicySetRef everyRule() {
        List<PolicyRef> rules = Library.all().stream()
                .map(rule -> new PolicyRef(rule, Library.query(rule), Enforcement.MANDATORY, Optional.empty()))
                .toList();
        JsonNodeFactory nodes = JsonNodeFactory.instance;
        Map<String, JsonNode> parameters = new LinkedHashMap<>();
        parameters.put(
                "phi_resources",
                nodes.objectNode()
                        .set("arns", nodes.arrayNode().add("arn:aws:s3:::phi").add("arn:aws:s3:::phi/*")));
        return new PolicySetRef("library", "library", true, Optional.empty(), rules, parameters);
    }

    private static long peakHeap() {
        return ManagementFactory.getMemoryPoolMXBeans().stream()
                .filter(pool -> pool.getType() == MemoryType.HEAP)
                .mapToLong(pool -> pool.getPeakUsage().getUsed())
                .sum();
    }

    private void tell(Output output, Measured measured) {
        if (json) {
            output.line(new String(Json.write(measured), StandardCharsets.UTF_8));
            return;
        }
        output.line(measured.bench() + ", n = " + measured.n() + ": " + measured.method());
        measured.figures()
                .forEach((figure, value) -> output.line(String.format(Locale.ROOT, "  %-40s %9.4f", figure, value)));
        measured.promises().forEach((promise, kept) -> output.line("  " + (kept ? "holds   " : "BROKEN  ") + promise));
    }
}
