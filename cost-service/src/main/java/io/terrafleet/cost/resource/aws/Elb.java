package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Unpriceable;
import java.math.BigDecimal;

/** Load balancers of both generations. */
final class Elb {
    private static final String SERVICE = "AWSELB";

    private Elb() {}

    static void balancer(Resource balancer, Bill bill) {
        String kind = balancer.text("load_balancer_type", "application");
        switch (kind) {
            case "application" -> balancer(balancer, bill, "Application load balancer", "Application");
            case "network" -> balancer(balancer, bill, "Network load balancer", "Network");
            case "gateway" -> balancer(balancer, bill, "Gateway load balancer", "Gateway");
            default -> throw new Unpriceable("load_balancer_type must be application, network or gateway");
        }
    }

    private static void balancer(Resource balancer, Bill bill, String name, String kind) {
        bill.hourly(name, BigDecimal.ONE, balancer.rate(SERVICE, "LoadBalancerUsage:" + kind));
        bill.usage("Load balancer capacity units", "LCU-hours", balancer.rate(SERVICE, "LCUUsage:" + kind));
    }

    static void classic(Resource balancer, Bill bill) {
        bill.hourly("Classic load balancer", BigDecimal.ONE, balancer.rate(SERVICE, "LoadBalancerUsage:Classic"));
        bill.usage("Data processed", "GB", balancer.rate(SERVICE, "DataProcessing-Bytes:Classic"));
    }
}
