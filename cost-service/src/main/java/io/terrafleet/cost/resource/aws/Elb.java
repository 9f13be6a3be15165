package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Unpriceable;
import io.terrafleet.cost.resource.Usage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * Load balancers of both generations. A capacity unit is whatever is used most of: connections, gigabytes or rules; a usage file says
 * how many in a month.
 */
final class Elb {
    private static final String SERVICE = "AWSELB";
    private static final BigDecimal SECONDS = Bill.HOURS.multiply(BigDecimal.valueOf(3_600));

    /** What one capacity unit holds: new connections a second, connections open, rules evaluated a second; 0 when not counted. */
    private record Capacity(long opened, long open, long rules) {}

    private Elb() {}

    static void balancer(Resource balancer, Bill bill) {
        String kind = balancer.text("load_balancer_type", "application");
        switch (kind) {
            case "application" -> application(balancer, bill, balancer.usage());
            case "network" -> network(balancer, bill, balancer.usage());
            case "gateway" -> gateway(balancer, bill, balancer.usage());
            default -> throw new Unpriceable("load_balancer_type must be application, network or gateway");
        }
    }

    static void application(Resource balancer, Bill bill, Usage usage) {
        lines(balancer, bill, usage, "Application", new Capacity(25, 3_000, 1_000));
    }

    static void network(Resource balancer, Bill bill, Usage usage) {
        lines(balancer, bill, usage, "Network", new Capacity(800, 100_000, 0));
    }

    private static void gateway(Resource balancer, Bill bill, Usage usage) {
        lines(balancer, bill, usage, "Gateway", new Capacity(600, 60_000, 0));
    }

    private static void lines(Resource balancer, Bill bill, Usage usage, String kind, Capacity capacity) {
        bill.hourly(kind + " load balancer", BigDecimal.ONE, balancer.rate(SERVICE, "LoadBalancerUsage:" + kind));
        bill.used(
                "Load balancer capacity units",
                kind.equals("Gateway") ? "GLCU" : "LCU",
                units(usage, capacity),
                balancer.rate(SERVICE, "LCUUsage:" + kind).scaled(Bill.HOURS));
    }

    private static Optional<BigDecimal> units(Usage usage, Capacity capacity) {
        return Stream.of(
                        usage.number("processed_bytes_gb").map(size -> divided(size, Bill.HOURS)),
                        usage.number("new_connections")
                                .map(opened ->
                                        divided(opened, SECONDS.multiply(BigDecimal.valueOf(capacity.opened())))),
                        usage.number("active_connections")
                                .map(open -> divided(open, BigDecimal.valueOf(capacity.open()))),
                        capacity.rules() == 0
                                ? Optional.<BigDecimal>empty()
                                : usage.number("rule_evaluations")
                                        .map(rules ->
                                                divided(rules, SECONDS.multiply(BigDecimal.valueOf(capacity.rules())))))
                .flatMap(Optional::stream)
                .max(BigDecimal::compareTo);
    }

    private static BigDecimal divided(BigDecimal amount, BigDecimal by) {
        return amount.divide(by, MathContext.DECIMAL64);
    }

    static void classic(Resource balancer, Bill bill) {
        classic(balancer, bill, balancer.usage());
    }

    static void classic(Resource balancer, Bill bill, Usage usage) {
        bill.hourly("Classic load balancer", BigDecimal.ONE, balancer.rate(SERVICE, "LoadBalancerUsage:Classic"));
        bill.used(
                "Data processed",
                "GB",
                usage.number("monthly_data_processed_gb"),
                balancer.rate(SERVICE, "DataProcessing-Bytes:Classic"));
    }
}
