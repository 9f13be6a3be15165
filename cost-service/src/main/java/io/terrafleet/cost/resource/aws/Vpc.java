package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.price.Quote;
import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Resource;
import java.math.BigDecimal;

/** What a network costs: gateways, addresses, endpoints, attachments, tunnels. */
final class Vpc {
    static final String SERVICE = "AmazonVPC";
    static final String PUBLIC_IPV4 = "PublicIPv4:IdleAddress / InUseAddress (since 2024-02-01)";

    private Vpc() {}

    static void natGateway(Resource gateway, Bill bill) {
        bill.hourly("NAT gateway", BigDecimal.ONE, gateway.rate("AmazonEC2", "NatGateway-Hours"));
        processed(gateway, bill, gateway.rate("AmazonEC2", "NatGateway-Bytes"));
    }

    /** Since February 2024 every public IPv4 address is billed, in use or not; addresses of one's own are not. */
    static void address(Resource address, Bill bill) {
        boolean own = address.text("customer_owned_ipv4_pool").isPresent()
                || address.text("public_ipv4_pool")
                        .filter(pool -> !pool.equals("amazon"))
                        .isPresent();
        if (!own) {
            bill.hourly("Public IPv4 address", BigDecimal.ONE, address.rate(SERVICE, PUBLIC_IPV4));
        }
    }

    /** One network interface in each subnet; gateway endpoints cost nothing. */
    static void endpoint(Resource endpoint, Bill bill) {
        String kind = endpoint.text("vpc_endpoint_type", "Gateway");
        if (kind.equals("Gateway")) {
            return;
        }
        int interfaces = Math.max(1, endpoint.size("subnet_ids", 1));
        bill.hourly(
                "Endpoint (" + kind + ")",
                BigDecimal.valueOf(interfaces),
                endpoint.rate(SERVICE, "VpcEndpoint-Hours (per ENI/AZ)"));
        boolean balancing = kind.equals("GatewayLoadBalancer");
        processed(
                endpoint,
                bill,
                endpoint.rate(SERVICE, balancing ? "GatewayLoadBalancerEndpoint-Bytes" : "VpcEndpoint-Bytes"));
    }

    static void transitAttachment(Resource attachment, Bill bill) {
        bill.hourly(
                "Transit gateway attachment",
                BigDecimal.ONE,
                attachment.rate(SERVICE, "TransitGateway-Hours (per attachment)"));
        processed(attachment, bill, attachment.rate(SERVICE, "TransitGateway-Bytes"));
    }

    private static void processed(Resource owner, Bill bill, Quote price) {
        bill.used("Data processed", "GB", owner.usage().number("monthly_data_processed_gb"), price);
    }

    static void peeringAttachment(Resource attachment, Bill bill) {
        bill.hourly(
                "Transit gateway attachment",
                BigDecimal.ONE,
                attachment.rate(SERVICE, "TransitGateway-Hours (per attachment)"));
    }

    static void vpn(Resource vpn, Bill bill) {
        bill.hourly("VPN connection", BigDecimal.ONE, vpn.rate(SERVICE, "VPN-Usage-Hours:ipsec.1"));
        if (vpn.has("transit_gateway_id") || vpn.deferred("transit_gateway_id")) {
            transitAttachment(vpn, bill);
        }
    }

    static void clientVpn(Resource endpoint, Bill bill) {
        bill.assume("one connection is taken to be open all month");
        bill.hourly("Connection", BigDecimal.ONE, endpoint.rate(SERVICE, "ClientVPN-ConnectionHours"));
    }

    static void clientVpnAssociation(Resource association, Bill bill) {
        bill.hourly("Endpoint association", BigDecimal.ONE, association.rate(SERVICE, "ClientVPN-EndpointHours"));
    }

    static void firewall(Resource firewall, Bill bill) {
        int endpoints = Math.max(1, firewall.size("subnet_mapping", 1));
        bill.hourly(
                "Network Firewall Endpoint",
                BigDecimal.valueOf(endpoints),
                firewall.rate("AWSNetworkFirewall", "Endpoint-Hour"));
        processed(firewall, bill, firewall.rate("AWSNetworkFirewall", "Traffic-GB"));
    }

    static void mirrorSession(Resource session, Bill bill) {
        bill.hourly("Traffic mirror", BigDecimal.ONE, session.rate(SERVICE, "TrafficMirror-Hours"));
    }
}
