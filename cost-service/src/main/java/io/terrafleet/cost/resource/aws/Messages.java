package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.price.Quote;
import io.terrafleet.cost.price.Tier;
import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Unpriceable;
import io.terrafleet.cost.resource.Usage;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Optional;

/** Requests and messages: each is billed once for every so many kilobytes of it. */
final class Messages {
    private static final String QUEUES = "AWSQueueService";
    private static final String TOPICS = "AmazonSNS";
    private static final String GATEWAY = "AmazonApiGateway";
    private static final long CHUNK_KILOBYTES = 64;

    private Messages() {}

    static void queue(Resource queue, Bill bill) {
        boolean ordered = queue.flag("fifo_queue", false);
        bill.used(
                "Requests",
                "1M requests",
                millions(queue.usage(), "monthly_requests", "request_size_kb", CHUNK_KILOBYTES),
                queue.rate(QUEUES, ordered ? "FIFO requests" : "Standard requests"));
    }

    /** The first million requests of a month are free, and so are the first deliveries of each kind. */
    static void topic(Resource topic, Bill bill) {
        Usage usage = topic.usage();
        Optional<BigDecimal> requests = millions(usage, "monthly_requests", "request_size_kb", CHUNK_KILOBYTES);
        if (topic.flag("fifo_topic", false)) {
            bill.used("FIFO Requests", "1M requests", requests, topic.rate(TOPICS, "FIFO published"));
            return;
        }
        bill.used(
                "API requests (over 1M)",
                "1M requests",
                requests.map(all -> over(all, "1")),
                topic.rate(TOPICS, "API requests"));
        delivered(
                topic,
                bill,
                requests,
                "HTTP/HTTPS notifications (over 100k)",
                "100k notifications",
                "http_subscriptions",
                "0.1",
                10,
                "HTTP notifications 100k");
        delivered(
                topic,
                bill,
                requests,
                "Email/Email-JSON notifications (over 1k)",
                "100k notifications",
                "email_subscriptions",
                "0.001",
                10,
                "Email notifications");
        delivered(
                topic,
                bill,
                requests,
                "Kinesis Firehose notifications",
                "1M notifications",
                "kinesis_subscriptions",
                "0",
                1,
                "Firehose notifications");
        delivered(
                topic,
                bill,
                requests,
                "Mobile Push notifications",
                "1M notifications",
                "mobile_push_subscriptions",
                "0",
                1,
                "Push notifications");
        delivered(
                topic,
                bill,
                requests,
                "MacOS notifications",
                "1M notifications",
                "macos_subscriptions",
                "0",
                1,
                "Push notifications");
        texts(topic, bill, requests);
    }

    /** What a text message costs depends on where it goes, so the usage file may say it; the first hundred are free. */
    private static void texts(Resource topic, Bill bill, Optional<BigDecimal> millions) {
        Usage usage = topic.usage();
        Optional<BigDecimal> hundreds = millions.flatMap(requests -> usage.number("sms_subscriptions")
                .map(each -> over(requests.multiply(each), "0.0001").movePointRight(4)));
        Quote known = topic.rate(TOPICS, "SMS notifications");
        Quote price = usage.number("sms_notification_price")
                .filter(_ -> known instanceof Quote.Found)
                .map(single -> priced((Quote.Found) known, single.movePointRight(2)))
                .orElse(known);
        bill.used("SMS notifications (over 100)", "100 notifications", hundreds, price);
    }

    private static Quote priced(Quote.Found known, BigDecimal price) {
        return new Quote.Found(
                List.of(new Tier(BigDecimal.ZERO, price)), known.unit(), "usage file", known.date(), known.currency());
    }

    /** Each request once for every subscription of the kind, less what is free. */
    private static void delivered(
            Resource topic,
            Bill bill,
            Optional<BigDecimal> millions,
            String name,
            String unit,
            String subscriptions,
            String free,
            long unitsInMillion,
            String key) {
        Optional<BigDecimal> count = topic.usage().number(subscriptions);
        bill.used(
                name,
                unit,
                millions.flatMap(requests -> count.map(
                        each -> over(requests.multiply(each), free).multiply(BigDecimal.valueOf(unitsInMillion)))),
                topic.rate(TOPICS, key));
    }

    private static BigDecimal over(BigDecimal millions, String free) {
        return millions.subtract(new BigDecimal(free)).max(BigDecimal.ZERO);
    }

    /** Deliveries to queues and functions are free. */
    static void subscription(Resource subscription, Bill bill) {
        bill.usageOnly();
        switch (subscription.text("protocol", "https")) {
            case "http", "https" ->
                bill.used(
                        "HTTP notifications",
                        "1M notifications",
                        millions(subscription.usage(), "monthly_requests", "request_size_kb", CHUNK_KILOBYTES),
                        subscription.rate(TOPICS, "HTTP notifications"));
            case "email", "email-json" ->
                bill.used(
                        "Email notifications",
                        "100k notifications",
                        subscription.usage().number("monthly_requests", 100_000),
                        subscription.rate(TOPICS, "Email notifications"));
            default -> {}
        }
    }

    static void httpApi(Resource api, Bill bill) {
        Usage usage = api.usage();
        String protocol = api.text("protocol_type", "HTTP");
        switch (protocol) {
            case "HTTP" ->
                bill.used(
                        "Requests",
                        "1M requests",
                        millions(usage, "monthly_requests", "request_size_kb", 512),
                        api.rate(GATEWAY, "HTTP API requests"));
            case "WEBSOCKET" -> {
                bill.used(
                        "Messages",
                        "1M messages",
                        millions(usage, "monthly_messages", "message_size_kb", 32),
                        api.rate(GATEWAY, "WebSocket API messages"));
                bill.used(
                        "Connection duration",
                        "1M minutes",
                        usage.number("monthly_connection_mins", 1_000_000),
                        api.rate(GATEWAY, "WebSocket connection minutes"));
            }
            default -> throw new Unpriceable("protocol_type must be HTTP or WEBSOCKET");
        }
    }

    static void stage(Resource stage, Bill bill) {
        if (stage.flag("cache_cluster_enabled", false)) {
            String size = stage.text("cache_cluster_size", "0.5");
            bill.hourly("Cache memory (" + size + " GB)", BigDecimal.ONE, stage.rate(GATEWAY, "Cache " + size + " GB"));
        }
    }

    private static Optional<BigDecimal> millions(Usage usage, String count, String size, long chunk) {
        BigDecimal chunks = usage.number(size, BigDecimal.ONE)
                .divide(BigDecimal.valueOf(chunk), 0, RoundingMode.CEILING)
                .max(BigDecimal.ONE);
        return usage.number(count).map(messages -> messages.multiply(chunks).movePointLeft(6));
    }
}
