package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Resource;
import java.math.BigDecimal;
import java.util.Optional;

/** Names: zones and checks at one price worldwide, resolver endpoints by region. */
final class Route53 {
    private static final String SERVICE = "AmazonRoute53";
    private static final BigDecimal FAST_SECONDS = BigDecimal.TEN;

    private Route53() {}

    static void zone(Resource zone, Bill bill) {
        bill.monthly("Hosted zone", "months", BigDecimal.ONE, zone.worldwide(SERVICE, "HostedZone"));
    }

    /** Queries to an alias of a resource in AWS are free; to an alias of another record they are not. */
    static void record(Resource name, Bill bill) {
        boolean free = name.block("alias")
                .filter(alias -> alias.linked("name", "aws_route53_record").isEmpty())
                .isPresent();
        if (!free) {
            used(name, bill, "Standard queries", "monthly_standard_queries", "Standard queries");
            used(name, bill, "Latency based routing queries", "monthly_latency_based_queries", "Latency queries");
            used(name, bill, "Geo DNS queries", "monthly_geo_queries", "Geo queries");
        }
    }

    private static void used(Resource name, Bill bill, String label, String usageKey, String priceKey) {
        bill.used(label, "1M queries", name.usage().number(usageKey, 1_000_000), name.worldwide(SERVICE, priceKey));
    }

    /** Every feature beyond a plain HTTP check is billed once more. The endpoint is assumed to lie in AWS. */
    static void healthCheck(Resource check, Bill bill) {
        String type = check.text("type", "HTTP");
        if (type.equals("CALCULATED") || type.equals("CLOUDWATCH_METRIC") || type.equals("RECOVERY_CONTROL")) {
            bill.monthly(
                    "Health check",
                    "months",
                    BigDecimal.ONE,
                    check.worldwide(SERVICE, "HealthCheck AWS/non-AWS basic"));
            return;
        }
        Optional<String> endpoint = check.usage().text("endpoint_type");
        boolean elsewhere =
                endpoint.filter(where -> where.equalsIgnoreCase("non_aws")).isPresent();
        if (endpoint.isEmpty()) {
            bill.assume("the endpoint is taken to be in AWS; checks of others cost half as much again");
        }
        bill.monthly(
                "Health check",
                "months",
                BigDecimal.ONE,
                check.worldwide(SERVICE, elsewhere ? "HealthCheck non-AWS" : "HealthCheck AWS/non-AWS basic"));
        int features = (type.startsWith("HTTPS") ? 1 : 0)
                + (type.endsWith("STR_MATCH") ? 1 : 0)
                + (check.flag("measure_latency", false) ? 1 : 0)
                + (check.number("request_interval", 30).compareTo(FAST_SECONDS) == 0 ? 1 : 0);
        if (features > 0) {
            bill.monthly(
                    "Optional features",
                    "months",
                    BigDecimal.valueOf(features),
                    check.worldwide(
                            SERVICE,
                            elsewhere
                                    ? "HealthCheck optional feature non-AWS"
                                    : "HealthCheck optional feature, AWS endpoint"));
        }
    }

    static void resolverEndpoint(Resource endpoint, Bill bill) {
        int interfaces = Math.max(1, endpoint.size("ip_address", 2));
        bill.hourly(
                "Resolver endpoints", BigDecimal.valueOf(interfaces), endpoint.rate(SERVICE, "ResolverEndpoint ENI"));
        bill.used(
                "DNS queries",
                "1M queries",
                endpoint.usage().number("monthly_queries", 1_000_000),
                endpoint.rate(SERVICE, "Resolver queries"));
    }
}
