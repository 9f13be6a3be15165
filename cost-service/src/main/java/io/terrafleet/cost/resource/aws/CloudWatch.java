package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Block;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Usage;
import java.math.BigDecimal;
import java.util.List;

/** Alarms by the metrics they watch; logs by use. */
final class CloudWatch {
    private static final String SERVICE = "AmazonCloudWatch";
    private static final BigDecimal MINUTE = BigDecimal.valueOf(60);

    private CloudWatch() {}

    /** An alarm is billed for each metric, three times as many when it looks for anomalies, dearer below a minute. */
    static void alarm(Resource alarm, Bill bill) {
        List<Block> queries = alarm.blocks("metric_query");
        boolean quick = quick(alarm)
                || queries.stream()
                        .flatMap(query -> query.blocks("metric").stream())
                        .anyMatch(CloudWatch::quick);
        boolean anomaly = alarm.has("threshold_metric_id");
        long watched = queries.stream()
                .filter(query -> query.block("metric").isPresent())
                .count();
        long metrics = Math.max(1, watched);
        String name = quick ? "High resolution" : "Standard resolution";
        bill.monthly(
                anomaly ? name + " anomaly detection" : name,
                anomaly ? "alarms" : "alarm metrics",
                BigDecimal.valueOf(anomaly ? 3 * metrics : metrics),
                alarm.rate(SERVICE, quick ? "Alarm high-res" : "Alarm standard"));
    }

    private static boolean quick(Block metric) {
        return metric.number("period")
                .filter(period -> period.compareTo(MINUTE) < 0)
                .isPresent();
    }

    static void logGroup(Resource group, Bill bill) {
        logs(group, bill, group.usage());
    }

    /** Logs of a group, or of something that writes some. */
    static void logs(Resource owner, Bill bill, Usage usage) {
        bill.used("Data ingested", "GB", usage.number("monthly_data_ingested_gb"), owner.rate(SERVICE, "Logs ingest"));
        bill.used("Archival Storage", "GB", usage.number("storage_gb"), owner.rate(SERVICE, "Logs archive"));
        bill.used(
                "Insights queries data scanned",
                "GB",
                usage.number("monthly_data_scanned_gb"),
                owner.rate(SERVICE, "Insights"));
    }
}
