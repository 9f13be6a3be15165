package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.price.Quote;
import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Block;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Unpriceable;
import io.terrafleet.cost.resource.Usage;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** Environments of Elastic Beanstalk: what they consist of stands in their settings, by namespace and name. */
final class Beanstalk {
    private static final Pattern NUMBER = Pattern.compile("\\d{1,9}");
    private static final String LAUNCH = "aws:autoscaling:launchconfiguration/";

    private Beanstalk() {}

    static void environment(Resource environment, Bill bill) {
        Map<String, String> settings = new HashMap<>();
        for (Block setting : environment.blocks("setting")) {
            String name = setting.anyText("namespace").orElse("") + "/"
                    + setting.anyText("name").orElse("");
            setting.anyText("value").ifPresent(value -> settings.put(name, value));
        }
        Usage usage = environment.usage();
        bill.part("autoscaling", () -> instances(environment, bill, settings, usage.group("ec2")));
        if (settings.containsKey("aws:rds:dbinstance/DBInstanceClass")) {
            bill.part("rds", () -> database(environment, bill, settings, usage.group("db")));
        }
        if (settings.getOrDefault("aws:elasticbeanstalk:cloudwatch:logs/StreamLogs", "false")
                .equals("true")) {
            bill.part("cloudwatch", () -> CloudWatch.logs(environment, bill, usage.group("cloudwatch")));
        }
        bill.part("load balancer", () -> balancer(environment, bill, settings, usage));
    }

    private static void instances(Resource environment, Bill bill, Map<String, String> settings, Usage usage) {
        String type = first(settings.get("aws:ec2:instances/InstanceTypes"))
                .or(() -> Optional.ofNullable(settings.get(LAUNCH + "InstanceType")))
                .orElseGet(() -> {
                    bill.assume("the environment does not say its instance type; assumed t3.micro");
                    return "t3.micro";
                });
        BigDecimal count = number(settings, "aws:autoscaling:asg/MinSize", 1);
        Ec2.compute(environment, bill, type, "default", count);
        Ec2.credits(environment, bill, type, usage, count);
        String disk = settings.getOrDefault(LAUNCH + "RootVolumeType", "gp2");
        BigDecimal size = number(settings, LAUNCH + "RootVolumeSize", 8);
        BigDecimal iops = number(settings, LAUNCH + "RootVolumeIOPS", 0);
        Ebs.plain(environment, bill, disk, size, iops, count);
    }

    private static Optional<String> first(@org.jspecify.annotations.Nullable String list) {
        return Optional.ofNullable(list)
                .map(types -> types.split(",", 2)[0].strip())
                .filter(type -> !type.isEmpty());
    }

    private static BigDecimal number(Map<String, String> settings, String key, long otherwise) {
        String value = settings.get(key);
        if (value == null) {
            return BigDecimal.valueOf(otherwise);
        }
        if (!NUMBER.matcher(value).matches()) {
            throw new Unpriceable("the setting " + key.substring(key.lastIndexOf('/') + 1) + " must be a number");
        }
        return new BigDecimal(value);
    }

    private static void database(Resource environment, Bill bill, Map<String, String> settings, Usage usage) {
        String base = "aws:rds:dbinstance/";
        String type = settings.getOrDefault(base + "DBInstanceClass", "");
        String engine = settings.getOrDefault(base + "DBEngine", "mysql");
        boolean standby =
                settings.getOrDefault(base + "MultiAZDatabase", "false").equals("true");
        String zones = standby ? "Multi-AZ" : "Single-AZ";
        Quote single = environment.instance(Rds.SERVICE, type, RdsEngines.variants(engine, ""));
        bill.hourly(
                "Database instance (on-demand, " + zones + ", " + type + ")",
                BigDecimal.ONE,
                standby ? single.scaled(BigDecimal.TWO) : single);
        bill.monthly(
                "Storage (general purpose SSD, gp2)",
                "GB",
                number(settings, base + "DBAllocatedStorage", 20),
                environment.rate(Rds.SERVICE, "RDS storage gp2 " + zones));
        usage.number("additional_backup_storage_gb")
                .ifPresent(size -> bill.used(
                        "Additional backup storage",
                        "GB",
                        Optional.of(size),
                        environment.rate(Rds.SERVICE, "RDS backup storage")));
    }

    private static void balancer(Resource environment, Bill bill, Map<String, String> settings, Usage usage) {
        String kind = settings.getOrDefault("aws:elasticbeanstalk:environment/LoadBalancerType", "network");
        switch (kind) {
            case "classic" -> Elb.classic(environment, bill, usage.group("elb"));
            case "application" -> Elb.application(environment, bill, usage.group("lb"));
            case "network" -> Elb.network(environment, bill, usage.group("lb"));
            default -> throw new Unpriceable("the setting LoadBalancerType must be classic, application or network");
        }
    }
}
