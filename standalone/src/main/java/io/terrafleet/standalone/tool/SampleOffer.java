package io.terrafleet.standalone.tool;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * Makes an offer file of AWS's shape (the one of EC2 in a large region): products with all their attributes, then terms, on demand and
 * reserved. Most products are such as an estimator has no use for, as in the real one.
 */
final class SampleOffer {
    private static final List<String> SYSTEMS = List.of("Linux", "Windows", "RHEL", "SUSE");
    private static final List<String> TENANCIES = List.of("Shared", "Dedicated", "Host");
    private static final List<String> SOFTWARE = List.of("NA", "SQL Std", "SQL Web", "SQL Ent");
    private static final List<String> CAPACITIES =
            List.of("Used", "UnusedCapacityReservation", "AllocatedCapacityReservation");
    private static final int COMBINATIONS = 144;

    /** Reserved terms of a product: one and three years, three ways to pay, two classes. */
    private static final int RESERVED = 12;

    private SampleOffer() {}

    /** @param products at least one; about 7 KB of file for each */
    static void write(Path file, int products) throws IOException {
        try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file), 1 << 16)) {
            text(
                    out,
                    """
                    {"formatVersion":"v1.0","disclaimer":"Made by a benchmark","offerCode":"AmazonEC2",
                    "version":"20261101000000","publicationDate":"2026-11-01T00:00:00Z","products":{
                    """);
            for (int i = 0; i < products; i++) {
                text(out, (i == 0 ? "" : ",\n") + product(i));
            }
            text(out, "},\"terms\":{\"OnDemand\":{\n");
            for (int i = 0; i < products; i++) {
                text(out, (i == 0 ? "" : ",\n") + terms(i, "JRTCKXETXF", 1));
            }
            text(out, "},\"Reserved\":{\n");
            for (int i = 0; i < products; i++) {
                text(out, (i == 0 ? "" : ",\n") + terms(i, "R", RESERVED));
            }
            text(out, "}},\"attributesList\":{}}\n");
        }
    }

    private static String sku(int number) {
        return String.format(Locale.ROOT, "SKU%013d", number);
    }

    private static String product(int number) {
        int combination = number % COMBINATIONS;
        String type = "m" + number / COMBINATIONS + "i.2xlarge";
        String system = SYSTEMS.get(combination % 4);
        String tenancy = TENANCIES.get(combination / 4 % 3);
        String software = SOFTWARE.get(combination / 12 % 4);
        String capacity = CAPACITIES.get(combination / 48 % 3);
        String usage = capacity.equals("Used") ? "BoxUsage:" + type : "UnusedBox:" + type;
        return "\"%1$s\":{\"sku\":\"%1$s\",\"productFamily\":\"Compute Instance\",\"attributes\":{"
                        .formatted(sku(number))
                + ("\"servicecode\":\"AmazonEC2\",\"location\":\"US East (N. Virginia)\",\"locationType\":\"AWS Region\","
                                + "\"instanceType\":\"%s\",\"currentGeneration\":\"Yes\",\"instanceFamily\":\"General purpose\","
                                + "\"vcpu\":\"8\",\"physicalProcessor\":\"Intel Xeon 8375C (Ice Lake)\",\"clockSpeed\":\"3.5 GHz\","
                                + "\"memory\":\"32 GiB\",\"storage\":\"EBS only\",\"networkPerformance\":\"Up to 12500 Megabit\","
                                + "\"processorArchitecture\":\"64-bit\",\"tenancy\":\"%s\",\"operatingSystem\":\"%s\","
                                + "\"licenseModel\":\"No License required\",\"usagetype\":\"%s\",\"operation\":\"RunInstances\","
                                + "\"availabilityzone\":\"NA\",\"capacitystatus\":\"%s\",\"classicnetworkingsupport\":\"false\","
                                + "\"dedicatedEbsThroughput\":\"Up to 10000 Mbps\",\"ecu\":\"NA\",\"enhancedNetworkingSupported\":\"Yes\","
                                + "\"gpuMemory\":\"NA\",\"intelAvxAvailable\":\"Yes\",\"intelAvx2Available\":\"Yes\",\"intelTurboAvailable\":\"Yes\","
                                + "\"marketoption\":\"OnDemand\",\"normalizationSizeFactor\":\"16\",\"preInstalledSw\":\"%s\","
                                + "\"processorFeatures\":\"Intel AVX; Intel AVX2; Intel AVX512; Intel Turbo\",\"regionCode\":\"us-east-1\","
                                + "\"servicename\":\"Amazon Elastic Compute Cloud\",\"vpcnetworkingsupport\":\"true\"}}")
                        .formatted(type, tenancy, system, usage, capacity, software);
    }

    private static String terms(int number, String code, int count) {
        StringBuilder text = new StringBuilder("\"").append(sku(number)).append("\":{");
        for (int i = 0; i < count; i++) {
            String term = sku(number) + "." + code + (count == 1 ? "" : i);
            text.append(i == 0 ? "" : ",")
                    .append(
                            ("\"%1$s\":{\"offerTermCode\":\"%2$s\",\"sku\":\"%3$s\",\"effectiveDate\":\"2026-11-01T00:00:00Z\","
                                            + "\"priceDimensions\":{\"%1$s.6YS6EN2CT7\":{\"rateCode\":\"%1$s.6YS6EN2CT7\",\"unit\":\"Hrs\","
                                            + "\"endRange\":\"Inf\",\"description\":\"$0.%4$04d per hour\",\"appliesTo\":[],\"beginRange\":\"0\","
                                            + "\"pricePerUnit\":{\"USD\":\"0.%4$04d000000\"}}},\"termAttributes\":{}}")
                                    .formatted(term, code, sku(number), 1 + number % 9_000));
        }
        return text.append('}').toString();
    }

    private static void text(OutputStream out, String text) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
