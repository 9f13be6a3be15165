package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Unpriceable;
import io.terrafleet.cost.resource.Usage;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What moves between places: out of regions, through direct lines, accelerators and file servers. */
final class Transfer {
    /** No resource of any provider: only usage files know it. */
    static final String DATA_TRANSFER = "aws_data_transfer";

    private static final String SERVICE = "AWSDataTransfer";
    private static final String DIRECT = "AWSDirectConnect";
    private static final String ACCELERATOR = "AWSGlobalAccelerator";

    private Transfer() {}

    static void data(Resource transfer, Bill bill) {
        Usage usage = transfer.usage();
        String region =
                usage.text("region").orElseThrow(() -> new Unpriceable("usage of data transfer must say its region"));
        usage.number("monthly_intra_region_gb")
                .ifPresent(size -> bill.used(
                        "Intra-region data transfer",
                        "GB",
                        Optional.of(size.multiply(BigDecimal.TWO)),
                        transfer.rate(SERVICE, "Intra-region", region)));
        usage.number("monthly_outbound_internet_gb")
                .ifPresent(size -> bill.used(
                        "Outbound data transfer to Internet",
                        "GB",
                        Optional.of(size),
                        transfer.rate(SERVICE, "Internet", region)));
        usage.number("monthly_outbound_us_east_to_us_east_gb")
                .ifPresent(size -> bill.used(
                        "Outbound data transfer to US East regions",
                        "GB",
                        Optional.of(size),
                        transfer.rate(SERVICE, "US East regions", region)));
        usage.number("monthly_outbound_other_regions_gb")
                .ifPresent(size -> bill.used(
                        "Outbound data transfer to other regions",
                        "GB",
                        Optional.of(size),
                        transfer.rate(SERVICE, "Other regions", region)));
    }

    static void directConnection(Resource connection, Bill bill) {
        String bandwidth =
                connection.text("bandwidth").orElseThrow(() -> new Unpriceable("bandwidth is not known before apply"));
        String location = connection.text("location", "");
        bill.hourly("DX connection", BigDecimal.ONE, connection.rate(DIRECT, "Port " + bandwidth));
        Usage usage = connection.usage();
        Map<String, BigDecimal> byRegion = usage.numbers("monthly_outbound_from_region_to_dx_connection_location");
        byRegion.forEach((name, size) -> out(connection, bill, name.replace('_', '-'), location, Optional.of(size)));
        if (byRegion.isEmpty()) {
            usage.number("monthly_outbound_region_to_dx_location_gb")
                    .ifPresent(size -> out(connection, bill, connection.region(), location, Optional.of(size)));
        }
    }

    private static void out(Resource connection, Bill bill, String region, String location, Optional<BigDecimal> size) {
        bill.used(
                "Outbound data transfer (from " + region + ", to " + location + ")",
                "GB",
                size,
                connection.rate(DIRECT, "Out " + region + " " + location));
    }

    /** The dearer direction is billed: all that comes in, or all that goes out. */
    static void acceleratorGroup(Resource group, Bill bill) {
        bill.usageOnly();
        Map<String, BigDecimal> in = group.usage().numbers("monthly_inbound_data_transfer_gb");
        Map<String, BigDecimal> out = group.usage().numbers("monthly_outbound_data_transfer_gb");
        boolean inbound = total(in).compareTo(total(out)) >= 0;
        String continent = continent(group.text("endpoint_group_region", group.region()));
        (inbound ? in : out)
                .forEach((edge, size) -> bill.part(
                        edge,
                        () -> bill.used(
                                (inbound ? "Inbound" : "Outbound") + " DT-premium fee",
                                "GB",
                                Optional.of(size),
                                group.worldwide(ACCELERATOR, "DT-Premium " + continent + " " + edge))));
    }

    private static BigDecimal total(Map<String, BigDecimal> sizes) {
        return sizes.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add);
    }

    private static String continent(String region) {
        return region.startsWith("us-") || region.startsWith("ca-")
                ? "us"
                : region.startsWith("eu-") ? "europe" : "asia_pacific";
    }

    static void accelerator(Resource accelerator, Bill bill) {
        if (accelerator.flag("enabled", true)) {
            bill.hourly("Fixed fee", BigDecimal.ONE, accelerator.worldwide(ACCELERATOR, "Accelerator"));
        }
    }

    static void server(Resource server, Bill bill) {
        List<String> protocols = server.texts("protocols");
        for (String protocol : protocols.isEmpty() ? List.of("SFTP") : protocols) {
            bill.hourly(protocol + " protocol enabled", BigDecimal.ONE, server.rate("AWSTransfer", "Protocol-hour"));
        }
        Usage usage = server.usage();
        bill.used(
                "Data downloaded",
                "GB",
                usage.number("monthly_data_downloaded_gb"),
                server.rate("AWSTransfer", "Data downloaded"));
        bill.used(
                "Data uploaded",
                "GB",
                usage.number("monthly_data_uploaded_gb"),
                server.rate("AWSTransfer", "Data uploaded"));
    }
}
