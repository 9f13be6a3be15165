package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Block;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Unpriceable;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Services on Fargate; on instances of one's own the instances are billed and the service is free. */
final class Ecs {
    private static final String DEFINITION = "aws_ecs_task_definition";
    private static final BigDecimal UNITS = BigDecimal.valueOf(1024);
    private static final Pattern CORES = Pattern.compile("(\\d{1,4}(?:\\.\\d{1,3})?) ?[vV]?(?:CPU|cpu)");
    private static final Pattern GIGABYTES = Pattern.compile("(\\d{1,4}(?:\\.\\d{1,3})?) ?(?:GB|gb)");

    private static final String SERVICE = "AmazonECS";
    private static final BigDecimal FREE_DISK_GIGABYTES = BigDecimal.valueOf(20);

    /** What tasks run on; each has prices of its own. */
    private enum Platform {
        LINUX,
        ARM,
        WINDOWS;

        String key(String what) {
            return switch (this) {
                case LINUX -> "Fargate-" + what + " (Linux/x86)";
                case ARM -> "Fargate-ARM-" + what;
                case WINDOWS -> "Fargate-Windows-" + what;
            };
        }
    }

    private Ecs() {}

    static void service(Resource service, Bill bill) {
        Optional<String> provider = provider(service);
        boolean fargate = service.text("launch_type").filter("FARGATE"::equals).isPresent()
                || provider.filter(name -> name.startsWith("FARGATE")).isPresent();
        if (!fargate) {
            return;
        }
        if (provider.filter("FARGATE_SPOT"::equals).isPresent()) {
            bill.assume("Fargate Spot is priced like Fargate, so the bill will be lower");
        }
        Resource task = service.linked("task_definition", DEFINITION)
                .or(() -> service.referrer("aws_ecs_task_set", "service")
                        .flatMap(set -> set.linked("task_definition", DEFINITION)))
                .orElseThrow(() -> new Unpriceable("its task definition is not part of this plan"));
        BigDecimal count = service.number("desired_count", 1);
        tasks(service, bill, count, cores(task), gigabytes(task), platform(task));
        BigDecimal disk = task.block("ephemeral_storage")
                .map(storage -> storage.number("size_in_gib", 20))
                .orElse(FREE_DISK_GIGABYTES);
        BigDecimal beyond = disk.subtract(FREE_DISK_GIGABYTES);
        if (beyond.signum() > 0) {
            bill.monthly(
                    "Ephemeral storage (over 20 GB)",
                    "GB",
                    beyond.multiply(count),
                    service.rate(SERVICE, "Fargate-EphemeralStorage-GB-Hours").scaled(Bill.HOURS));
        }
    }

    private static void tasks(
            Resource service, Bill bill, BigDecimal count, BigDecimal cores, BigDecimal gigabytes, Platform platform) {
        if (cores.signum() == 0 || gigabytes.signum() == 0) {
            throw new Unpriceable("cpu and memory of the task are not known before apply");
        }
        bill.monthly(
                "Per GB per hour",
                "GB",
                gigabytes.multiply(count),
                service.rate(SERVICE, platform.key("GB-Hours")).scaled(Bill.HOURS));
        bill.monthly(
                "Per vCPU per hour",
                "CPU",
                cores.multiply(count),
                service.rate(SERVICE, platform.key("vCPU-Hours")).scaled(Bill.HOURS));
        if (platform == Platform.WINDOWS) {
            bill.monthly(
                    "Windows license per vCPU per hour",
                    "CPU",
                    cores.multiply(count),
                    service.rate(SERVICE, "Fargate-Windows-OS-Hours").scaled(Bill.HOURS));
        }
    }

    /** {@code 1024} units or {@code 1 vCPU}. */
    private static BigDecimal cores(Resource task) {
        return amount(task, "cpu", CORES);
    }

    /** {@code 2048} MiB or {@code 2 GB}. */
    private static BigDecimal gigabytes(Resource task) {
        return amount(task, "memory", GIGABYTES);
    }

    private static BigDecimal amount(Resource task, String attribute, Pattern whole) {
        Matcher worded = whole.matcher(task.text(attribute).orElse(""));
        return worded.matches()
                ? new BigDecimal(worded.group(1))
                : task.number(attribute).orElse(BigDecimal.ZERO).divide(UNITS, 6, RoundingMode.HALF_UP);
    }

    private static Platform platform(Resource task) {
        Optional<Block> said = task.block("runtime_platform");
        boolean windows = said.flatMap(platform -> platform.text("operating_system_family"))
                .filter(system -> system.startsWith("WINDOWS"))
                .isPresent();
        boolean arm = said.flatMap(platform -> platform.text("cpu_architecture"))
                .filter("ARM64"::equals)
                .isPresent();
        return windows ? Platform.WINDOWS : arm ? Platform.ARM : Platform.LINUX;
    }

    /** The service's own strategy, or that of its cluster, or the only provider that its cluster has. */
    private static Optional<String> provider(Resource service) {
        return first(service.blocks("capacity_provider_strategy"))
                .or(() -> service.has("launch_type") ? Optional.empty() : clusters(service));
    }

    private static Optional<String> clusters(Resource service) {
        return service.linked("cluster", "aws_ecs_cluster")
                .flatMap(cluster -> cluster.referrer("aws_ecs_cluster_capacity_providers", "cluster_name"))
                .flatMap(providers -> first(providers.blocks("default_capacity_provider_strategy"))
                        .or(() -> providers.texts("capacity_providers").stream().findFirst()));
    }

    private static Optional<String> first(List<Block> strategies) {
        return strategies.stream().findFirst().flatMap(strategy -> strategy.text("capacity_provider"));
    }
}
