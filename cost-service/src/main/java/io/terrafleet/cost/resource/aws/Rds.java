package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.price.Quote;
import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Unpriceable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Database instances with storage of their own; Aurora's clusters are {@link Aurora}. */
final class Rds {
    static final String SERVICE = "AmazonRDS";
    private static final BigDecimal TWO = BigDecimal.valueOf(2);
    private static final BigDecimal LEAST_IO1_GIGABYTES = BigDecimal.valueOf(100);
    private static final BigDecimal LEAST_IO1_IOPS = BigDecimal.valueOf(1_000);
    private static final BigDecimal FREE_INSIGHTS_DAYS = BigDecimal.valueOf(7);

    private Rds() {}

    static void instance(Resource instance, Bill bill) {
        Optional<Resource> source = instance.linked("replicate_source_db", "aws_db_instance");
        String type = instance.text("instance_class")
                .orElseThrow(() -> new Unpriceable("instance_class is not known before apply"));
        String engine = instance.text("engine")
                .or(() -> source.flatMap(found -> found.text("engine")))
                .orElseThrow(() -> new Unpriceable("engine is not known before apply"));
        boolean standby = instance.flag("multi_az", false);
        compute(instance, bill, type, engine, standby);
        storage(instance, source, bill, engine, standby ? "Multi-AZ" : "Single-AZ");
        String version = instance.text("engine_version")
                .or(() -> source.flatMap(found -> found.text("engine_version")))
                .orElse("");
        extendedSupport(instance, bill, type, engine, version, standby);
        insights(instance, bill, type);
        credits(instance, bill, type);
    }

    /** Burstable classes may use more CPU than they have earned. */
    static void credits(Resource instance, Bill bill, String type) {
        if (type.startsWith("db.t3.") || type.startsWith("db.t4g.")) {
            BigDecimal cores = instance.usage().number("vcpu_count", BigDecimal.TWO);
            bill.used(
                    "CPU credits",
                    "vCPU-hours",
                    instance.usage().number("monthly_cpu_credit_hrs").map(hours -> hours.multiply(cores)),
                    instance.rate(SERVICE, "CPUCredits:db.t3"));
        }
    }

    private static void compute(Resource instance, Bill bill, String type, String engine, boolean standby) {
        String zones = standby ? "Multi-AZ" : "Single-AZ";
        BigDecimal hours = instance.usage().number("monthly_hrs", Bill.HOURS);
        Optional<Reservation> reserved = Reservation.of(instance.usage());
        if (reserved.isPresent()) {
            Reservation terms = reserved.get();
            Quote price = terms.payment().equals("all_upfront")
                    ? terms.price(instance, SERVICE, "", false, bill)
                    : instance.rate(
                            SERVICE,
                            "RDS reserved " + type + " " + engine + " " + terms.term() + " " + terms.payment() + " "
                                    + zones);
            bill.monthly("Database instance (reserved, " + zones + ", " + type + ")", "hours", hours, price);
            return;
        }
        List<String> variants =
                RdsEngines.variants(engine, instance.text("license_model").orElse(""));
        bill.monthly(
                "Database instance (on-demand, " + zones + ", " + type + ")",
                "hours",
                hours,
                standby ? standby(instance, bill, type, variants) : instance.instance(SERVICE, type, variants));
    }

    /** Two zones at their own price, or at twice that of one: the lists differ by less than a tenth of a cent. */
    private static Quote standby(Resource instance, Bill bill, String type, List<String> variants) {
        Quote own = instance.instance(
                SERVICE,
                type,
                variants.stream().map(variant -> variant + "/Multi-AZ").toList());
        if (own instanceof Quote.Found) {
            return own;
        }
        bill.assume("the price book has Single-AZ instances; Multi-AZ is priced as two of them");
        return instance.instance(SERVICE, type, variants).scaled(TWO);
    }

    private static void storage(Resource instance, Optional<Resource> source, Bill bill, String engine, String zones) {
        Optional<BigDecimal> own = instance.number("allocated_storage");
        Optional<BigDecimal> inherited = source.flatMap(found -> found.number("allocated_storage"));
        BigDecimal size = own.or(() -> inherited).orElse(BigDecimal.valueOf(20));
        if (own.isEmpty()) {
            bill.assume("allocated_storage is not in the plan; assumed " + size.toPlainString() + " GB"
                    + (inherited.isPresent() ? " as its source has" : ""));
        }
        Optional<BigDecimal> iops = instance.number("iops");
        String type = instance.text("storage_type")
                .or(() -> source.flatMap(found -> found.text("storage_type")))
                .orElse(iops.filter(value -> value.signum() > 0).isPresent() ? "io1" : "gp2");
        switch (type) {
            case "gp2" -> disk(instance, bill, "general purpose SSD, gp2", size, "RDS storage gp2 " + zones);
            case "gp3" -> {
                disk(instance, bill, "general purpose SSD, gp3", size, "RDS storage gp3 " + zones);
                gp3Extras(instance, bill, engine, size, zones);
            }
            case "io1", "io2" -> {
                disk(
                        instance,
                        bill,
                        "provisioned IOPS SSD, " + type,
                        size.max(LEAST_IO1_GIGABYTES),
                        "RDS storage io1 " + zones);
                bill.monthly(
                        "Provisioned IOPS",
                        "IOPS",
                        iops.orElse(BigDecimal.ZERO).max(LEAST_IO1_IOPS),
                        instance.rate(SERVICE, "RDS:PIOPS " + zones));
            }
            case "standard" -> {
                Quote magnetic = instance.rate(SERVICE, "RDS:StandardStorage magnetic");
                bill.monthly(
                        "Storage (magnetic)", "GB", size, zones.equals("Multi-AZ") ? magnetic.scaled(TWO) : magnetic);
            }
            default -> throw new Unpriceable("storage_type must be gp2, gp3, io1, io2 or standard");
        }
        if (type.equals("standard")) {
            bill.used(
                    "I/O requests",
                    "1M requests",
                    instance.usage().number("monthly_standard_io_requests", 1_000_000),
                    instance.rate(SERVICE, "RDS I/O requests"));
        }
        Optional<BigDecimal> backup = instance.usage().number("additional_backup_storage_gb");
        if (backup.isPresent() || instance.number("backup_retention_period", 0).signum() > 0) {
            bill.used(
                    "Additional backup storage",
                    "GB",
                    backup,
                    instance.rate(SERVICE, engine.startsWith("aurora") ? "Aurora backup" : "RDS backup storage"));
        }
    }

    private static void disk(Resource instance, Bill bill, String name, BigDecimal size, String key) {
        bill.monthly("Storage (" + name + ")", "GB", size, instance.rate(SERVICE, key));
    }

    /** gp3 includes 3,000 IOPS and 125 MiB/s, or 12,000 and 500 once the storage is striped over four volumes. */
    private static void gp3Extras(Resource instance, Bill bill, String engine, BigDecimal size, String zones) {
        boolean sqlServer = engine.startsWith("sqlserver");
        BigDecimal stripedFrom = BigDecimal.valueOf(engine.startsWith("oracle") ? 200 : 400);
        boolean striped = !sqlServer && size.compareTo(stripedFrom) >= 0;
        BigDecimal iops = instance.number("iops", 0).subtract(BigDecimal.valueOf(striped ? 12_000 : 3_000));
        BigDecimal throughput =
                instance.number("storage_throughput", 0).subtract(BigDecimal.valueOf(striped ? 500 : 125));
        BigDecimal factor = zones.equals("Multi-AZ") ? TWO : BigDecimal.ONE;
        if (iops.signum() > 0) {
            bill.monthly(
                    "Provisioned GP3 IOPS (above " + (striped ? "12,000" : "3,000") + ")",
                    "IOPS",
                    iops,
                    instance.rate(SERVICE, "RDS gp3 IOPS over baseline").scaled(factor));
        }
        if (throughput.signum() > 0) {
            bill.monthly(
                    "Provisioned GP3 throughput",
                    "MiBps",
                    throughput,
                    instance.rate(SERVICE, "RDS gp3 throughput over baseline").scaled(factor));
        }
    }

    static void extendedSupport(
            Resource instance, Bill bill, String type, String engine, String version, boolean standby) {
        if (RdsEngines.outOfSupport(engine, version)) {
            BigDecimal cores = BigDecimal.valueOf(RdsEngines.cores(type)).multiply(standby ? TWO : BigDecimal.ONE);
            bill.monthly(
                    "Extended support (year 1)",
                    "vCPU-hours",
                    cores.multiply(Bill.HOURS),
                    instance.rate(SERVICE, "Extended support yr1-2"));
        }
    }

    static void insights(Resource instance, Bill bill, String type) {
        boolean kept =
                instance.number("performance_insights_retention_period", 7).compareTo(FREE_INSIGHTS_DAYS) > 0;
        if (instance.flag("performance_insights_enabled", false) && kept) {
            String family = type.lastIndexOf('.') < 0 ? type : type.substring(0, type.lastIndexOf('.'));
            bill.monthly(
                    "Performance Insights Long Term Retention (" + type + ")",
                    "vCPU-month",
                    BigDecimal.valueOf(RdsEngines.cores(type)),
                    instance.rate(SERVICE, "PI_LTR:" + family));
        }
        if (instance.flag("performance_insights_enabled", false)) {
            bill.used(
                    "Performance Insights API",
                    "1000 requests",
                    instance.usage().number("monthly_additional_performance_insights_requests", 1_000),
                    instance.rate(SERVICE, "Performance Insights API"));
        }
    }
}
