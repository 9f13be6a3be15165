package io.terrafleet.cost.resource.aws;

import io.terrafleet.cost.price.Quote;
import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Block;
import io.terrafleet.cost.resource.Resource;
import java.math.BigDecimal;
import java.util.List;

/** Tables with provisioned or on-demand capacity; every index has its own. */
final class DynamoDb {
    private static final String SERVICE = "AmazonDynamoDB";

    private DynamoDb() {}

    static void table(Resource table, Bill bill) {
        boolean onDemand = table.text("billing_mode", "PROVISIONED").equals("PAY_PER_REQUEST");
        if (onDemand) {
            bill.usage("Write request unit (WRU)", "1M", table.rate(SERVICE, "WriteRequestUnits (halved 2024-11-01)"));
            bill.usage("Read request unit (RRU)", "1M", table.rate(SERVICE, "ReadRequestUnits (halved 2024-11-01)"));
        } else {
            provisioned(table, bill);
        }
        bill.usage("Data storage", "GB", table.rate(SERVICE, "TimedStorage"));
        bill.usage("Point-In-Time Recovery (PITR) backup storage", "GB", table.rate(SERVICE, "PITR"));
    }

    private static void provisioned(Resource table, Bill bill) {
        List<Block> indexes = table.blocks("global_secondary_index");
        BigDecimal writes = sum(table, indexes, "write_capacity");
        BigDecimal reads = sum(table, indexes, "read_capacity");
        Quote write = table.rate(SERVICE, "WriteCapacityUnit-Hrs");
        bill.monthly("Write capacity unit (WCU)", "WCU-hours", writes.multiply(Bill.HOURS), write);
        bill.monthly(
                "Read capacity unit (RCU)",
                "RCU-hours",
                reads.multiply(Bill.HOURS),
                table.rate(SERVICE, "ReadCapacityUnit-Hrs"));
        for (Block replica : table.blocks("replica")) {
            String region = replica.text("region_name", "another region");
            bill.missing("the replica in " + region, "replicated capacity is not in the price book");
        }
    }

    private static BigDecimal sum(Resource table, List<Block> indexes, String attribute) {
        BigDecimal total = table.number(attribute, 1);
        for (Block index : indexes) {
            total = total.add(index.number(attribute, 1));
        }
        return total;
    }
}
