package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Block;
import io.terrafleet.cost.resource.Resource;
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
        bill.usage("Data ingested", "GB", group.rate(SERVICE, "Logs ingest"));
        bill.usage("Archival Storage", "GB", group.rate(SERVICE, "Logs archive"));
        bill.usage("Insights queries data scanned", "GB", group.rate(SERVICE, "Insights"));
    }
}
