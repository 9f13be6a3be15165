package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.price.Quote;
import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Unpriceable;
import io.terrafleet.cost.resource.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Jobs, builds and managed applications: what works on data, by the hour or the minute. */
final class Work {
    private static final BigDecimal REPLICATION_GIGABYTES = BigDecimal.valueOf(50);

    private Work() {}

    /** Glue: data processing units by the hour. */
    static void glueJob(Resource job, Bill bill) {
        BigDecimal perWorker =
                job.text("worker_type").filter("G.2X"::equals).isPresent() ? BigDecimal.TWO : BigDecimal.ONE;
        BigDecimal units = job.number("max_capacity")
                .or(() -> job.number("number_of_workers").map(workers -> workers.multiply(perWorker)))
                .orElse(BigDecimal.ONE);
        String shown = units.stripTrailingZeros().toPlainString();
        bill.used(
                "Duration",
                "hours (" + shown + (units.compareTo(BigDecimal.ONE) == 0 ? " DPU)" : " DPUs)"),
                job.usage().number("monthly_hours"),
                job.rate("AWSGlue", "DPU-Hour").scaled(units));
    }

    /** The catalogue: the first 100,000 objects and the first million requests are free, and less than that costs nothing. */
    static void catalog(Resource database, Bill bill) {
        Usage usage = database.usage();
        bill.used(
                "Storage",
                "100k objects",
                usage.number("monthly_objects", 100_000).map(Work::whole),
                database.rate("AWSGlue", "Catalog storage"));
        bill.used(
                "Requests",
                "1M requests",
                usage.number("monthly_requests", 1_000_000).map(Work::whole),
                database.rate("AWSGlue", "Catalog requests"));
    }

    private static BigDecimal whole(BigDecimal units) {
        return units.compareTo(BigDecimal.ONE) < 0 ? BigDecimal.ZERO : units;
    }

    static void build(Resource project, Bill bill) {
        String compute = project.block("environment")
                .flatMap(found -> found.text("compute_type"))
                .orElse("BUILD_GENERAL1_SMALL");
        String container = project.block("environment")
                .flatMap(found -> found.text("type"))
                .orElse("LINUX_CONTAINER");
        String system = container.startsWith("WINDOWS")
                ? "Windows"
                : container.startsWith("ARM") ? "ARM" : container.contains("GPU") ? "Linux GPU" : "Linux";
        String size = (system.equals("ARM") ? "arm1." : "general1.")
                + compute.substring(compute.lastIndexOf('_') + 1).toLowerCase(Locale.ROOT);
        bill.used(
                system + " (" + size + ")",
                "minutes",
                project.usage().number("monthly_build_mins"),
                project.rate("CodeBuild", system + " " + size));
    }

    /** Streams of applications: Flink has one unit more to conduct, and storage of its own. */
    static void analytics(Resource application, Bill bill) {
        String service = "AmazonKinesisAnalytics";
        Usage usage = application.usage();
        boolean flink = application
                .text("runtime_environment")
                .filter(runtime -> runtime.startsWith("FLINK"))
                .isPresent();
        Optional<BigDecimal> units = usage.number("kinesis_processing_units");
        Quote hour = application.rate(service, "KPU").scaled(Bill.HOURS);
        bill.used("Processing (stream)", "KPU", units, hour);
        if (flink) {
            bill.monthly("Processing (orchestration)", "KPU", BigDecimal.ONE, hour);
            bill.used(
                    "Running storage",
                    "GB",
                    units.map(count -> count.multiply(BigDecimal.valueOf(50))),
                    application.rate(service, "Running storage"));
            bill.used(
                    "Backup", "GB", usage.number("durable_application_backup_gb"), application.rate(service, "Backup"));
        }
    }

    static void replication(Resource instance, Bill bill) {
        String type = instance.text("replication_instance_class")
                .orElseThrow(() -> new Unpriceable("replication_instance_class is not known before apply"));
        String size = type.startsWith("dms.") ? type.substring("dms.".length()) : type;
        boolean standby = instance.flag("multi_az", false);
        Quote one = instance.instance("AWSDatabaseMigrationSvc", size, List.of("DMS"));
        bill.hourly("Instance (" + size + ")", BigDecimal.ONE, standby ? one.scaled(BigDecimal.TWO) : one);
        BigDecimal included =
                size.startsWith("t") ? REPLICATION_GIGABYTES : REPLICATION_GIGABYTES.multiply(BigDecimal.TWO);
        BigDecimal beyond = instance.number("allocated_storage", 50).subtract(included);
        if (beyond.signum() > 0) {
            bill.monthly(
                    "Storage (general purpose SSD, gp2)",
                    "GB",
                    beyond,
                    instance.rate("AWSDatabaseMigrationSvc", standby ? "Storage Multi-AZ" : "Storage Single-AZ"));
        }
    }

    static void machine(Resource states, Bill bill) {
        if (states.text("type", "STANDARD").equals("EXPRESS")) {
            Usage usage = states.usage();
            bill.used(
                    "Requests",
                    "1M requests",
                    usage.number("monthly_requests", 1_000_000),
                    states.rate("AmazonStates", "Express requests"));
            bill.used("Duration", "GB-hours", duration(usage), states.rate("AmazonStates", "Express duration"));
        } else {
            bill.used(
                    "Transitions",
                    "1K transitions",
                    states.usage().number("monthly_transitions", 1_000),
                    states.rate("AmazonStates", "Standard transitions"));
        }
    }

    /** What all executions of a month hold: memory in steps of 64 MB, time in steps of 100 ms. */
    private static Optional<BigDecimal> duration(Usage usage) {
        BigDecimal steps = usage.number("workflow_duration_ms", BigDecimal.ONE)
                .divide(BigDecimal.valueOf(100), 0, RoundingMode.CEILING);
        BigDecimal chunks =
                usage.number("memory_mb", BigDecimal.ONE).divide(BigDecimal.valueOf(64), 0, RoundingMode.CEILING);
        return usage.number("monthly_requests").map(requests -> requests.multiply(steps)
                .multiply(chunks)
                .divide(BigDecimal.valueOf(10L * 3_600 * 16), 6, RoundingMode.HALF_UP));
    }

    /** Grafana: at least one person edits. */
    static void grafana(Resource workspace, Bill bill) {
        bill.monthly(
                "Editor/administrator licenses",
                "users",
                workspace.usage().number("editors_administrator_licenses", BigDecimal.ONE),
                workspace.rate("AmazonGrafana", "Editor"));
        bill.used(
                "Viewer licenses",
                "users",
                workspace.usage().number("viewer_licenses"),
                workspace.rate("AmazonGrafana", "Viewer"));
    }

    /** A stack whose template is in the plan makes resources of AWS alone; only handlers of others are billed. */
    static void stack(Resource stack, Bill bill) {
        if (stack.has("template_body")) {
            return;
        }
        Usage usage = stack.usage();
        bill.used(
                "Handler operations",
                "operations",
                usage.number("monthly_handler_operations"),
                stack.rate("AWSCloudFormation", "Handler operation"));
        bill.used(
                "Durations above 30s",
                "seconds",
                usage.number("monthly_duration_secs"),
                stack.rate("AWSCloudFormation", "Handler seconds over 30"));
    }

    static void virtualServer(Resource server, Bill bill) {
        String bundle =
                server.text("bundle_id").orElseThrow(() -> new Unpriceable("bundle_id is not known before apply"));
        String system = bundle.contains("_win_") ? "Windows" : "Linux/UNIX";
        bill.hourly(
                "Virtual server (" + system + ")", BigDecimal.ONE, server.rate("AmazonLightsail", "Bundle " + bundle));
    }

    /** A module of keys of its own, by the hour; all month unless use says otherwise. */
    static void keyModule(Resource module, Bill bill) {
        bill.used(
                "HSM usage",
                "hours",
                Optional.of(module.usage().number("monthly_hrs", Bill.HOURS)),
                module.rate("CloudHSM", "HSM"));
    }
}
