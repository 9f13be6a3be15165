package io.terrafleet.cost.resource.azure;

import io.terrafleet.cost.resource.Bill;
import io.terrafleet.cost.resource.Block;
import io.terrafleet.cost.resource.Resource;
import io.terrafleet.cost.resource.Unpriceable;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Virtual machines, alone and in sets, the nodes of clusters, and managed disks, which are sold in fixed sizes. */
final class Machines {
    private static final String VIRTUAL = "Azure Virtual Machines";
    private static final String STORAGE = "Azure Storage";
    private static final long SYSTEM_GIGABYTES = 30;
    private static final BigDecimal LARGEST_GIGABYTES = BigDecimal.valueOf(32_767);

    /** The largest size in gigabytes of each step of disks. */
    private static final TreeMap<Integer, Integer> STEPS = new TreeMap<>(Map.ofEntries(
            Map.entry(4, 1),
            Map.entry(8, 2),
            Map.entry(16, 3),
            Map.entry(32, 4),
            Map.entry(64, 6),
            Map.entry(128, 10),
            Map.entry(256, 15),
            Map.entry(512, 20),
            Map.entry(1_024, 30),
            Map.entry(2_048, 40),
            Map.entry(4_096, 50),
            Map.entry(8_192, 60),
            Map.entry(16_384, 70),
            Map.entry(32_767, 80)));

    private Machines() {}

    static void machine(Resource machine, Bill bill) {
        String size = machine.text("size")
                .or(() -> machine.text("vm_size"))
                .orElseThrow(() -> new Unpriceable("size is not known before apply"));
        boolean windows = machine.type().contains("windows")
                || machine.block("os_profile_windows_config").isPresent();
        hours(machine, bill, size, windows, machine, BigDecimal.ONE);
        machine.block("os_disk")
                .or(() -> machine.block("storage_os_disk"))
                .ifPresent(disk -> bill.part("os_disk", () -> disk(machine, bill, disk, BigDecimal.ONE)));
        for (Block disk : machine.blocks("storage_data_disk")) {
            bill.part("storage_data_disk", () -> disk(machine, bill, disk, BigDecimal.ONE));
        }
    }

    static void scaleSet(Resource set, Bill bill) {
        BigDecimal count = set.usage()
                .number("instances")
                .or(() -> set.number("instances"))
                .or(() -> set.block("sku").flatMap(sku -> sku.number("capacity")))
                .orElse(BigDecimal.ONE);
        String size = set.text("sku")
                .or(() -> set.block("sku").flatMap(sku -> sku.text("name")))
                .orElseThrow(() -> new Unpriceable("sku is not known before apply"));
        hours(set, bill, size, set.type().contains("windows"), set, count);
        set.block("os_disk").ifPresent(disk -> bill.part("os_disk", () -> disk(set, bill, disk, count)));
        for (Block disk : set.blocks("data_disk")) {
            bill.part("data_disk", () -> disk(set, bill, disk, count));
        }
    }

    private static void hours(Resource owner, Bill bill, String size, boolean windows, Block config, BigDecimal count) {
        boolean spot = config.text("priority").filter("Spot"::equals).isPresent();
        String system = windows ? "Windows" : "Linux";
        BigDecimal hours = owner.usage().number("monthly_hrs", Bill.HOURS);
        bill.monthly(
                "Instance usage (" + system + ", " + (spot ? "spot" : "pay as you go") + ", " + size + ")",
                "hours",
                hours.multiply(count),
                owner.instance(VIRTUAL, size, List.of(system + (spot ? "/Spot" : ""))));
    }

    private static void disk(Resource owner, Bill bill, Block disk, BigDecimal count) {
        String type = disk.text("storage_account_type")
                .or(() -> disk.text("managed_disk_type"))
                .orElse("Standard_LRS");
        BigDecimal size = disk.number("disk_size_gb", SYSTEM_GIGABYTES);
        disk(owner, bill, type, size, count);
    }

    static void managedDisk(Resource disk, Bill bill) {
        disk(
                disk,
                bill,
                disk.text("storage_account_type", "Standard_LRS"),
                disk.number("disk_size_gb", SYSTEM_GIGABYTES),
                BigDecimal.ONE);
    }

    /** The step that holds it: 100 GB of premium disk are a P10 of 128. */
    private static void disk(Resource owner, Bill bill, String type, BigDecimal size, BigDecimal count) {
        String[] kind = type.split("_", 2);
        String copies = kind.length == 2 ? kind[1] : "LRS";
        if (size.compareTo(LARGEST_GIGABYTES) > 0) {
            throw new Unpriceable("disk_size_gb must be at most 32767");
        }
        int number = STEPS.ceilingEntry(size.intValue()).getValue();
        String letter;
        String product;
        switch (kind[0]) {
            case "Premium" -> {
                letter = "P";
                product = "Premium SSD Managed Disks";
            }
            case "StandardSSD" -> {
                letter = "E";
                product = "Standard SSD Managed Disks";
            }
            case "Standard" -> {
                letter = "S";
                product = "Standard HDD Managed Disks";
                number = Math.max(4, number);
            }
            default -> throw new Unpriceable("storage_account_type is none that is priced here");
        }
        String sku = letter + number + " " + copies;
        bill.monthly(
                "Storage (" + letter + number + ", " + copies + ")",
                "months",
                count,
                owner.rate(STORAGE, product + "|" + sku + "|" + sku + " Disk"));
    }

    static void cluster(Resource cluster, Bill bill) {
        if (!cluster.text("sku_tier", "Free").equals("Free")) {
            bill.hourly(
                    "Uptime SLA",
                    BigDecimal.ONE,
                    cluster.rate(
                            "Azure Azure Kubernetes Service", "Azure Kubernetes Service|Standard|Standard Uptime SLA"));
        }
        cluster.block("default_node_pool")
                .ifPresent(pool -> bill.part("default_node_pool", () -> nodes(cluster, bill, pool)));
    }

    static void nodePool(Resource pool, Bill bill) {
        nodes(pool, bill, pool);
    }

    private static void nodes(Resource owner, Bill bill, Block pool) {
        String size = pool.text("vm_size").orElseThrow(() -> new Unpriceable("vm_size is not known before apply"));
        BigDecimal count = owner.usage()
                .number("nodes")
                .or(() -> pool.number("node_count"))
                .or(() -> pool.number("min_count"))
                .orElse(BigDecimal.ONE);
        boolean windows = pool.text("os_type").filter("Windows"::equals).isPresent();
        hours(owner, bill, size, windows, pool, count);
        if (!pool.text("os_disk_type", "Managed").equals("Ephemeral")) {
            disk(owner, bill, "Premium_LRS", pool.number("os_disk_size_gb", 128), count);
        }
    }
}
