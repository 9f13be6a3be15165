package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.price.Quote;
import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Block;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Usage;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.List;
import java.util.Optional;

/** Tables with provisioned or on-demand capacity; every index has its own, and replicas are written to as well. */
final class DynamoDb {
    private static final String SERVICE = "AmazonDynamoDB";
    private static final String TARGET = "aws_appautoscaling_target";
    private static final BigDecimal MILLIONTH = new BigDecimal("0.000001");

    private DynamoDb() {}

    static void table(Resource table, Bill bill) {
        if (table.text("billing_mode", "PROVISIONED").equals("PAY_PER_REQUEST")) {
            onDemand(table, bill);
        } else {
            provisioned(table, bill);
        }
        byUse(table, bill);
    }

    private static void onDemand(Resource table, Bill bill) {
        Usage usage = table.usage();
        Optional<BigDecimal> writes = usage.number("monthly_write_request_units");
        bill.used(
                "Write request unit (WRU)",
                "WRUs",
                writes,
                rate(table, "WriteRequestUnits (halved 2024-11-01)").scaled(MILLIONTH));
        bill.used(
                "Read request unit (RRU)",
                "RRUs",
                usage.number("monthly_read_request_units"),
                rate(table, "ReadRequestUnits (halved 2024-11-01)").scaled(MILLIONTH));
        for (Block replica : table.blocks("replica")) {
            String region = replica.text("region_name", table.region());
            Quote price = table.rate(SERVICE, "Replicated WRU", region).scaled(MILLIONTH);
            bill.part(
                    "global_table." + region,
                    () -> bill.used(
                            "Replicated write request unit (rWRU)",
                            "rWRU",
                            writes.map(units -> units.divide(Bill.HOURS, MathContext.DECIMAL64)),
                            price.scaled(Bill.HOURS)));
        }
    }

    private static void provisioned(Resource table, Bill bill) {
        List<Block> indexes = table.blocks("global_secondary_index");
        BigDecimal writes = capacity(table, bill, indexes, "Write");
        capacity(table, bill, indexes, "Read");
        for (Block replica : table.blocks("replica")) {
            String region = replica.text("region_name", table.region());
            bill.part(
                    "global_table." + region,
                    () -> bill.monthly(
                            "Replicated write capacity unit (rWCU)",
                            "rWCU",
                            writes,
                            table.rate(SERVICE, "Replicated WCU-Hrs", region).scaled(Bill.HOURS)));
        }
    }

    private static BigDecimal capacity(Resource table, Bill bill, List<Block> indexes, String kind) {
        String attribute = kind.equals("Write") ? "write_capacity" : "read_capacity";
        Optional<Resource> target = target(table, "dynamodb:table:" + kind + "CapacityUnits");
        BigDecimal units = target.map(found -> scaled(found, bill)).orElseGet(() -> table.number(attribute, 1));
        for (Block index : indexes) {
            units = units.add(index.number(attribute, 1));
        }
        String letter = kind.substring(0, 1);
        bill.monthly(
                kind + " capacity unit (" + letter + "CU" + (target.isPresent() ? ", autoscaling)" : ")"),
                letter + "CU",
                units,
                rate(table, kind + "CapacityUnit-Hrs").scaled(Bill.HOURS));
        return units;
    }

    /** What scales a capacity: by reference, or by the table's name written out. */
    private static Optional<Resource> target(Resource table, String dimension) {
        String named = "table/" + table.text("name").orElse("");
        return table.referrers(TARGET, "resource_id")
                .filter(found -> scales(found, dimension))
                .findFirst()
                .or(() -> table.holding(TARGET, "resource_id", named)
                        .filter(found -> scales(found, dimension))
                        .filter(found ->
                                found.linked("resource_id", table.type()).isEmpty())
                        .findFirst());
    }

    private static boolean scales(Resource target, String dimension) {
        return target.text("scalable_dimension").filter(dimension::equals).isPresent();
    }

    private static BigDecimal scaled(Resource target, Bill bill) {
        Optional<BigDecimal> given = target.usage().number("capacity");
        if (given.isEmpty()) {
            bill.assume("autoscaled capacity is priced at its least");
        }
        return given.orElseGet(() -> target.number("min_capacity", 1));
    }

    /** A table that is rarely read keeps its data for less and is read and written for more. */
    private static Quote rate(Resource table, String key) {
        boolean infrequent = table.text("table_class", "STANDARD").equals("STANDARD_INFREQUENT_ACCESS");
        return table.rate(SERVICE, infrequent ? key + " IA" : key);
    }

    private static void byUse(Resource table, Bill bill) {
        Usage usage = table.usage();
        bill.used("Data storage", "GB", usage.number("storage_gb"), rate(table, "TimedStorage"));
        bill.used(
                "Point-In-Time Recovery (PITR) backup storage",
                "GB",
                usage.number("pitr_backup_storage_gb"),
                table.rate(SERVICE, "PITR"));
        bill.used(
                "On-demand backup storage",
                "GB",
                usage.number("on_demand_backup_storage_gb"),
                table.rate(SERVICE, "On-demand backup"));
        bill.used(
                "Table data restored", "GB", usage.number("monthly_data_restored_gb"), table.rate(SERVICE, "Restore"));
        bill.used(
                "Streams read request unit (sRRU)",
                "sRRUs",
                usage.number("monthly_streams_read_request_units"),
                table.rate(SERVICE, "Streams reads").scaled(MILLIONTH));
    }
}
