package io.terrafleet.standalone.tool;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.plan.PlanDocument;
import io.terrafleet.contracts.plan.PlanUnreadable;
import io.terrafleet.cost.estimate.Estimate;
import io.terrafleet.cost.estimate.Estimator;
import io.terrafleet.cost.price.PriceBook;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;

/**
 * How long it takes to read and price plans of three sizes. The plans are made here: modules of seven resources each, with references
 * to follow. Nothing is left out: bytes in, estimate out.
 */
public final class CostBench {
    private static final int SMALL = 100;
    private static final int LARGE = 3_360;
    private static final int HUGE = 15_000;
    private static final int ROUNDS = 5;
    private static final double SMALL_MILLISECONDS = 50;
    private static final double LARGE_MILLISECONDS = 500;
    private static final double HUGE_MILLISECONDS = 2_000;
    private static final double HEAP_MEGABYTES = 512;
    private static final double LINEAR = 2.5;
    private static final double MEGABYTE = 1_048_576;

    /** @param figures milliseconds (the best of five rounds after one to warm up) and megabytes */
    public record Result(String method, Map<String, Double> figures, Map<String, Boolean> promises) {}

    private final Estimator estimator = new Estimator(PriceBook.shipped());

    public Result measure() {
        Map<String, Double> figures = new LinkedHashMap<>();
        byte[] small = plan(SMALL);
        byte[] large = plan(LARGE);
        byte[] huge = plan(HUGE);
        estimate(large);
        double smallTime = best(small);
        double largeTime = best(large);
        double hugeTime = best(huge);
        Optional<byte[]> real = realPlan();
        Map<String, Boolean> promises = new LinkedHashMap<>();
        if (real.isPresent()) {
            double realTime = best(real.get());
            figures.put("data/plans/10-large (3,360 resources), ms", realTime);
            promises.put("data/plans/10-large under 500 ms, parse included", realTime < LARGE_MILLISECONDS);
        }
        double perLarge = processor(large) / LARGE;
        double perHuge = processor(huge) / HUGE;
        figures.put("100 resources, ms", smallTime);
        figures.put("3,360 resources, ms", largeTime);
        figures.put("15,000 resources, ms", hugeTime);
        figures.put("15,000 resources, MB of JSON", huge.length / MEGABYTE);
        figures.put("processor time a resource, 15,000 to 3,360", perHuge / perLarge);
        figures.put("largest heap allowed, MB", Runtime.getRuntime().maxMemory() / MEGABYTE);
        promises.put("100 resources under 50 ms", smallTime < SMALL_MILLISECONDS);
        promises.put("3,360 resources under 500 ms, parse included", largeTime < LARGE_MILLISECONDS);
        promises.put("15,000 resources under 2 s", hugeTime < HUGE_MILLISECONDS);
        promises.put(
                "all of it in at most 512 MB of heap", Runtime.getRuntime().maxMemory() / MEGABYTE <= HEAP_MEGABYTES);
        promises.put("linear: a resource takes at most 2.5 times as long among 15,000", perHuge / perLarge < LINEAR);
        return new Result(
                "parse and estimate generated plans, best of " + ROUNDS + " after one to warm up", figures, promises);
    }

    /** A plan of terraform's own, where it lies beside the project. */
    private static Optional<byte[]> realPlan() {
        Path root = Path.of(System.getProperty("terrafleet.root", "."))
                .toAbsolutePath()
                .normalize();
        Path file = root.resolveSibling("shared").resolve("data/plans/10-large/plan.json.gz");
        if (!Files.exists(file)) {
            return Optional.empty();
        }
        try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
            return Optional.of(in.readAllBytes());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read", e);
        }
    }

    /** Processor time, so that what else the machine does at the moment does not look like more work. */
    private double processor(byte[] plan) {
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        long best = Long.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            long begin = threads.getCurrentThreadCpuTime();
            estimate(plan);
            best = Math.min(best, threads.getCurrentThreadCpuTime() - begin);
        }
        return best / 1e6;
    }

    private double best(byte[] plan) {
        double best = Double.MAX_VALUE;
        for (int i = 0; i < ROUNDS; i++) {
            long begin = System.nanoTime();
            estimate(plan);
            best = Math.min(best, (System.nanoTime() - begin) / 1e6);
        }
        return best;
    }

    private Estimate estimate(byte[] plan) {
        try {
            return estimator.estimate(PlanDocument.parse(plan));
        } catch (PlanUnreadable e) {
            throw new IllegalStateException("the generated plan is unreadable", e);
        }
    }

    /** A plan of so many resources, seven to a module. */
    static byte[] plan(int resources) {
        ObjectNode root = Json.mapper().createObjectNode();
        root.put("format_version", "1.2").put("terraform_version", "1.11.4");
        ArrayNode changes = root.putArray("resource_changes");
        ObjectNode configuration = root.putObject("configuration");
        configuration.withObject("/provider_config/aws/expressions/region").put("constant_value", "us-east-1");
        ObjectNode calls = configuration.putObject("root_module").putObject("module_calls");
        for (int i = 0; changes.size() < resources; i++) {
            String module = "stack" + i;
            ObjectNode inner = calls.putObject(module).putObject("module");
            configured(inner);
            for (int j = 0; j < 7 && changes.size() < resources; j++) {
                resource(changes.addObject(), "module." + module, j, i);
            }
        }
        return Json.write(root);
    }

    private static void configured(ObjectNode module) {
        ArrayNode resources = module.putArray("resources");
        String[] types = {
            "aws_launch_template",
            "aws_autoscaling_group",
            "aws_db_instance",
            "aws_ebs_volume",
            "aws_lb",
            "aws_subnet",
            "aws_instance"
        };
        for (String type : types) {
            ObjectNode resource = resources.addObject();
            resource.put("mode", "managed").put("type", type).put("name", "it").put("provider_config_key", "aws");
            ObjectNode expressions = resource.putObject("expressions");
            if (type.equals("aws_autoscaling_group")) {
                expressions
                        .putArray("launch_template")
                        .addObject()
                        .putObject("id")
                        .putArray("references")
                        .add("aws_launch_template.it.id")
                        .add("aws_launch_template.it");
            }
        }
    }

    private static void resource(ObjectNode entry, String module, int kind, int number) {
        String[] types = {
            "aws_launch_template",
            "aws_autoscaling_group",
            "aws_db_instance",
            "aws_ebs_volume",
            "aws_lb",
            "aws_subnet",
            "aws_instance"
        };
        String type = types[kind];
        entry.put("address", module + "." + type + ".it")
                .put("module_address", module)
                .put("mode", "managed");
        entry.put("type", type).put("name", "it").put("provider_name", "registry.terraform.io/hashicorp/aws");
        ObjectNode change = entry.putObject("change");
        change.putArray("actions").add("create");
        change.putNull("before");
        ObjectNode after = change.putObject("after");
        ObjectNode unknown = change.putObject("after_unknown").put("id", true).put("arn", true);
        after.putObject("tags").put("Name", "resource " + number).put("Team", "bench");
        switch (kind) {
            case 0 -> after.put("instance_type", "m5.large");
            case 1 -> {
                after.put("desired_capacity", 3)
                        .putArray("launch_template")
                        .addObject()
                        .put("version", "$Latest");
                unknown.putArray("launch_template").addObject().put("id", true);
            }
            case 2 ->
                after.put("instance_class", "db.r6g.large")
                        .put("engine", "postgres")
                        .put("allocated_storage", 100)
                        .put("storage_type", "gp3");
            case 3 -> after.put("size", 100 + number % 50).put("type", "gp3").put("iops", 4_000);
            case 4 -> after.put("load_balancer_type", "application");
            case 5 -> after.put("cidr_block", "10.0.0.0/24");
            default ->
                after.put("instance_type", "t3.medium")
                        .putArray("root_block_device")
                        .addObject()
                        .put("volume_size", 20)
                        .put("volume_type", "gp3");
        }
    }
}
