package io.terrafleet.standalone.bench;

import io.terrafleet.standalone.platform.RunningPlatform;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How much longer one run takes than bare terraform: request to planned, and request to applied with auto-apply. The four kinds
 * take turns, so that what else the machine does falls on all alike. The first rounds warm up and do not count.
 */
final class RunLatency {
    private static final int WARM_UP = 3;
    private static final double PLAN_ALLOWANCE = 0.25;
    private static final double APPLY_ALLOWANCE = 0.6;

    private final Series barePlan = Series.empty("bare init+plan+show");
    private final Series platformPlan = Series.empty("platform: POST run to planned");
    private final Series bareApply = Series.empty("bare init+plan+show+apply");
    private final Series platformApply = Series.empty("platform: POST run to applied, auto-apply");

    Measured measure(RunningPlatform platform, Path scratch, int n, Consumer<String> progress) {
        String mainTf = Bench.configuration();
        BareTerraform bare = BareTerraform.running(mainTf);
        try (Yardstick yardstick = new Yardstick(platform, mainTf)) {
            Yardstick.Prepared plans = yardstick.prepare("plans");
            Yardstick.Prepared applies = yardstick.prepare("applies");
            for (int round = -WARM_UP; round < n; round++) {
                double[] seconds = {
                    bare.planned(scratch.resolve("plan" + round)),
                    yardstick.planned(plans),
                    bare.applied(scratch.resolve("apply" + round)),
                    yardstick.applied(applies)
                };
                progress.accept("round " + (round + 1) + " of " + n + (round < 0 ? " (warming up)" : ""));
                if (round >= 0) {
                    barePlan.add(seconds[0]);
                    platformPlan.add(seconds[1]);
                    bareApply.add(seconds[2]);
                    platformApply.add(seconds[3]);
                }
            }
            return result(n, yardstick.stages().medians());
        }
    }

    private Measured result(int n, Map<String, Double> stages) {
        double planOver = platformPlan.median() - barePlan.median();
        double applyOver = platformApply.median() - bareApply.median();
        Map<String, Double> figures = new LinkedHashMap<>();
        figures.put("barePlanMedianSeconds", barePlan.median());
        figures.put("platformPlanMedianSeconds", platformPlan.median());
        figures.put("planOverheadMedianSeconds", planOver);
        figures.put("planRatio", platformPlan.median() / barePlan.median());
        figures.put("bareApplyMedianSeconds", bareApply.median());
        figures.put("platformApplyMedianSeconds", platformApply.median());
        figures.put("applyOverheadMedianSeconds", applyOver);
        figures.put("applyRatio", platformApply.median() / bareApply.median());
        figures.put("platformPlanP90Seconds", platformPlan.quantile(0.9));
        figures.put("platformApplyP90Seconds", platformApply.quantile(0.9));
        Map<String, Boolean> promises = new LinkedHashMap<>();
        promises.put("planned within bare + " + PLAN_ALLOWANCE + " s at the median", planOver <= PLAN_ALLOWANCE);
        promises.put("applied within bare + " + APPLY_ALLOWANCE + " s at the median", applyOver <= APPLY_ALLOWANCE);
        return new Measured(
                "run-latency",
                n,
                "interleaved rounds; from sending POST runs to the time that the platform notes, one clock",
                figures,
                stages,
                List.of(barePlan, platformPlan, bareApply, platformApply),
                promises);
    }
}
