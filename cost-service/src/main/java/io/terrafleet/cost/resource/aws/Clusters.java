package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.price.Quote;
import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Block;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Unpriceable;
import io.terrafleet.cost.resource.Usage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;

/** Data warehouses, processing clusters, notebooks and reserved capacity: so many machines of a size. */
final class Clusters {
    private static final String EMR = "ElasticMapReduce";
    private static final String REDSHIFT = "AmazonRedshift";
    private static final String SAGEMAKER = "AmazonSageMaker";

    private Clusters() {}

    static void redshift(Resource cluster, Bill bill) {
        String type =
                cluster.text("node_type").orElseThrow(() -> new Unpriceable("node_type is not known before apply"));
        Usage usage = cluster.usage();
        bill.hourly(
                "Cluster usage (on-demand, " + type + ")",
                cluster.number("number_of_nodes", 1),
                cluster.instance(REDSHIFT, type, List.of("Redshift")));
        if (type.startsWith("ra3")) {
            bill.used(
                    "Managed storage (" + type + ")",
                    "GB",
                    usage.number("managed_storage_gb"),
                    cluster.rate(REDSHIFT, "Managed storage"));
        }
        bill.used(
                "Concurrency scaling (" + type + ")",
                "node-seconds",
                usage.number("excess_concurrency_scaling_secs"),
                cluster.rate(REDSHIFT, "Concurrency " + type));
        bill.used("Spectrum", "TB", usage.number("spectrum_data_scanned_tb"), cluster.rate(REDSHIFT, "Spectrum"));
        bill.used("Backup storage", "GB", usage.number("backup_storage_gb"), cluster.rate(REDSHIFT, "Backup"));
    }

    /** Serverless: capacity is billed while queries run. */
    static void redshiftServerless(Resource workgroup, Bill bill) {
        BigDecimal base = workgroup.number("base_capacity", 128);
        bill.used(
                "Compute (" + base.toPlainString() + " RPU base)",
                "RPU-hours",
                workgroup.usage().number("monthly_hours").map(base::multiply),
                workgroup.rate(REDSHIFT, "Serverless RPU"));
    }

    /** The machines of an EMR cluster, and what EMR itself adds to each; the shipped book has none of the latter. */
    static void emr(Resource cluster, Bill bill) {
        for (String group : List.of("master_instance_group", "core_instance_group")) {
            cluster.block(group)
                    .ifPresent(found -> bill.part(group, () -> {
                        String type = machine(found);
                        BigDecimal count = found.number("instance_count", 1);
                        Ec2.compute(cluster, bill, type, "default", count);
                        bill.hourly("EMR on " + type, count, cluster.instance(EMR, type, List.of("EMR")));
                    }));
        }
    }

    static void notebook(Resource notebook, Bill bill) {
        String type = machine(notebook);
        bill.hourly("Notebook (" + type + ")", BigDecimal.ONE, notebook.instance(SAGEMAKER, type, List.of("Notebook")));
    }

    static void modelEndpoint(Resource endpoint, Bill bill) {
        Resource configuration = endpoint.linked("endpoint_config_name", "aws_sagemaker_endpoint_configuration")
                .orElseThrow(() -> new Unpriceable("its endpoint configuration is not part of this plan"));
        for (Block variant : configuration.blocks("production_variants")) {
            if (variant.block("serverless_config").isPresent()) {
                bill.usageOnly();
                continue;
            }
            String type = machine(variant);
            bill.hourly(
                    "Inference (" + type + ")",
                    variant.number("initial_instance_count", 1),
                    endpoint.instance(SAGEMAKER, type, List.of("Hosting")));
        }
    }

    /** Reserved capacity is billed like the instances that may run in it. */
    static void reservation(Resource reservation, Bill bill) {
        String type = machine(reservation);
        String platform = reservation.text("instance_platform", "Linux/UNIX");
        String system = platform.startsWith("Windows")
                ? "Windows"
                : platform.startsWith("Red Hat") || platform.startsWith("RHEL")
                        ? "RHEL"
                        : platform.startsWith("SUSE") ? "SUSE" : "Linux";
        Quote price = reservation.instance(
                Ec2.SERVICE,
                type,
                List.of(system
                        + (reservation.text("tenancy", "default").equals("dedicated") ? "/Dedicated" : "/Shared")));
        bill.hourly(
                "Instance usage (" + platform + ", reservation, " + type + ")",
                reservation.number("instance_count", 1),
                price);
    }

    /** A proxy is billed by the cores of the databases behind it, at least two. */
    static void databaseProxy(Resource proxy, Bill bill) {
        Optional<String> target = proxy.referrer("aws_db_proxy_target", "db_proxy_name")
                .flatMap(found -> found.linked("db_instance_identifier", "aws_db_instance"))
                .flatMap(database -> database.text("instance_class"));
        long cores = target.map(RdsEngines::cores).orElse(2L);
        if (target.isEmpty()) {
            bill.assume("the database behind the proxy is not part of this plan; priced for 2 cores");
        }
        bill.hourly("Proxy", BigDecimal.valueOf(cores), proxy.rate(Rds.SERVICE, "Proxy vCPU"));
    }

    private static String machine(Block block) {
        return block.text("instance_type")
                .orElseThrow(() -> new Unpriceable("instance_type is not known before apply"));
    }
}
