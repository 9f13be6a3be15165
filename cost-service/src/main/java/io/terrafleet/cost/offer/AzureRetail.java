package io.terrafleet.cost.offer;

import com.fasterxml.jackson.core.JacksonException;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import io.terrafleet.cost.price.PriceRow;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Azure's retail prices (https://learn.microsoft.com/rest/api/cost-management/retail-prices/azure-retail-prices): a page as the API
 * answers it, an array of pages, or pages one after the other, in the order in which each leads to the next. The last one must lead no
 * further: half a list would be a wrong one. Prices on demand of primary meters are taken, of the services that are priced.
 */
final class AzureRetail {
    private static final JsonFactory FACTORY = JsonFactory.builder()
            .streamReadConstraints(StreamReadConstraints.builder()
                    .maxNestingDepth(20)
                    .maxStringLength(100_000)
                    .build())
            .build();
    private static final Set<String> FIELDS = Set.of(
            "currencyCode",
            "tierMinimumUnits",
            "retailPrice",
            "armRegionName",
            "effectiveStartDate",
            "meterName",
            "productName",
            "skuName",
            "serviceName",
            "unitOfMeasure",
            "type",
            "isPrimaryMeterRegion",
            "armSkuName");

    /** The services of which something is priced here; there are hundreds of others, with more prices than these. */
    private static final Set<String> SERVICES = Set.of(
            "Virtual Machines",
            "Storage",
            "Virtual Network",
            "NAT Gateway",
            "Load Balancer",
            "Application Gateway",
            "VPN Gateway",
            "Azure Firewall",
            "Azure Bastion",
            "Azure DNS",
            "Azure Kubernetes Service",
            "Redis Cache",
            "Container Registry",
            "Azure App Service",
            "Azure Cosmos DB",
            "SQL Database",
            "Event Hubs",
            "Key Vault",
            "Log Analytics");

    private final Rows rows = new Rows();
    private LocalDate newest = LocalDate.EPOCH;
    private long items;
    private long pages;
    private String next = "";

    static Offer read(InputStream in) throws OfferUnreadable, IOException {
        AzureRetail reader = new AzureRetail();
        try (JsonParser parser = FACTORY.createParser(in)) {
            for (JsonToken token = parser.nextToken(); token != null; token = parser.nextToken()) {
                if (token == JsonToken.START_OBJECT) {
                    reader.page(parser);
                } else if (token != JsonToken.START_ARRAY && token != JsonToken.END_ARRAY) {
                    throw new OfferUnreadable("Azure retail prices are objects with Items");
                }
            }
        } catch (JacksonException e) {
            throw new OfferUnreadable(
                    "the prices break off or are not JSON: line "
                            + e.getLocation().getLineNr() + ", column "
                            + e.getLocation().getColumnNr(),
                    e);
        }
        if (reader.items == 0) {
            throw new OfferUnreadable("Azure retail prices are objects with Items; there are none");
        }
        if (!reader.next.isEmpty()) {
            throw new OfferUnreadable("page " + reader.pages + " is not the last one: it leads to "
                    + Rows.shown(reader.next) + "; give all pages, one after the other");
        }
        return new Offer("azure-retail", reader.newest.toString(), reader.newest, reader.rows.rows(), reader.items);
    }

    private void page(JsonParser parser) throws IOException, OfferUnreadable {
        Map<String, String> alone = new HashMap<>();
        pages++;
        next = "";
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            JsonToken value = parser.nextToken();
            if (name.equals("Items") && value == JsonToken.START_ARRAY) {
                while (parser.nextToken() == JsonToken.START_OBJECT) {
                    item(fields(parser));
                }
            } else if (name.equalsIgnoreCase("NextPageLink")) {
                next = parser.getValueAsString("");
            } else if (FIELDS.contains(name)) {
                alone.put(name, parser.getValueAsString(""));
            } else {
                parser.skipChildren();
            }
        }
        if (alone.containsKey("retailPrice")) {
            item(alone);
        }
    }

    private static Map<String, String> fields(JsonParser parser) throws IOException {
        Map<String, String> fields = new HashMap<>();
        while (parser.nextToken() == JsonToken.FIELD_NAME) {
            String name = parser.currentName();
            parser.nextToken();
            if (FIELDS.contains(name)) {
                fields.put(name, parser.getValueAsString(""));
            } else {
                parser.skipChildren();
            }
        }
        return fields;
    }

    private void item(Map<String, String> item) throws OfferUnreadable {
        items++;
        String where = "item " + items + " (" + Rows.shown(item.getOrDefault("meterName", "")) + ")";
        String region = item.getOrDefault("armRegionName", "");
        LocalDate date = Dates.day(item.getOrDefault("effectiveStartDate", ""), where + ": effectiveStartDate");
        BigDecimal price = Rows.number(item.getOrDefault("retailPrice", ""), "retailPrice", where);
        BigDecimal from = Rows.number(item.getOrDefault("tierMinimumUnits", "0"), "tierMinimumUnits", where);
        String currency = Rows.currency(item.getOrDefault("currencyCode", ""), "azure", where);
        boolean taken = item.getOrDefault("type", "Consumption").equals("Consumption")
                && !item.getOrDefault("isPrimaryMeterRegion", "true").equals("false")
                && SERVICES.contains(item.getOrDefault("serviceName", ""))
                && !item.getOrDefault("skuName", "").endsWith("Low Priority");
        if (!taken) {
            return;
        }
        if (date.isAfter(newest)) {
            newest = date;
        }
        String service = "Azure " + item.getOrDefault("serviceName", "");
        String key = machine(item)
                .orElseGet(() -> String.join(
                        "|",
                        item.getOrDefault("productName", ""),
                        item.getOrDefault("skuName", ""),
                        item.getOrDefault("meterName", "")));
        rows.add(new PriceRow(
                service,
                region.isEmpty() ? "Global" : region,
                key,
                item.getOrDefault("unitOfMeasure", ""),
                from,
                price,
                currency,
                "azure retail prices",
                Optional.of(date)));
    }

    /** Virtual machines are called by their size and system; what runs only now and then is another item. */
    private static Optional<String> machine(Map<String, String> item) {
        String size = item.getOrDefault("armSkuName", "");
        if (!item.getOrDefault("serviceName", "").equals("Virtual Machines") || size.isEmpty()) {
            return Optional.empty();
        }
        String sku = item.getOrDefault("skuName", "");
        String product = item.getOrDefault("productName", "");
        String system = product.endsWith("Windows") ? "Windows" : "Linux";
        String kind = sku.endsWith("Spot") ? "/Spot" : "";
        return product.contains("CloudServices")
                ? Optional.empty()
                : Optional.of(PriceRow.instanceKey(size, system + kind));
    }
}
