package io.terrafleet.cost.offer;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** AWS's offer files as CSV: five lines about the file, a line of column names, then one price a line. */
final class OfferCsv {
    private static final int ABOUT_LINES = 5;

    private static final List<String> NEEDED =
            List.of("sku", "termtype", "startingrange", "priceperunit", "currency", "productfamily");

    private final CsvLines lines;
    private final Rows rows = new Rows();
    private final Map<String, String> about = new HashMap<>();
    private final Map<String, Integer> columns = new HashMap<>();
    private long products;

    private OfferCsv(CsvLines lines) {
        this.lines = lines;
    }

    static Offer read(InputStream in) throws OfferUnreadable, IOException {
        BufferedReader reader = new BufferedReader(new InputStreamReader(in, StandardCharsets.UTF_8), 1 << 16);
        return new OfferCsv(new CsvLines(reader)).read();
    }

    private Offer read() throws OfferUnreadable, IOException {
        for (int i = 0; i < ABOUT_LINES; i++) {
            List<String> fields = line();
            about.put(fields.getFirst(), fields.size() > 1 ? fields.get(1) : "");
        }
        LocalDate published = Dates.day(about.getOrDefault("Publication Date", ""), "Publication Date");
        String version = about.getOrDefault("Version", "");
        String offer = about.getOrDefault("OfferCode", "");
        List<String> header = line();
        for (int i = 0; i < header.size(); i++) {
            columns.put(plain(header.get(i)), i);
        }
        for (String needed : NEEDED) {
            if (!columns.containsKey(needed)) {
                throw new OfferUnreadable("line 6 must name the columns, " + needed + " among them");
            }
        }
        for (List<String> row = lines.next(); row != null; row = lines.next()) {
            if (row.size() != header.size()) {
                throw new OfferUnreadable("line " + lines.line() + " has " + row.size() + " fields and the header "
                        + header.size() + "; the file may break off there");
            }
            price(offer, version, published, row);
        }
        return new Offer(offer, version, published, rows.rows(), products);
    }

    private void price(String offer, String version, LocalDate published, List<String> row) throws OfferUnreadable {
        products++;
        boolean once = field(row, "unit").equals("Quantity");
        if (once
                || !field(row, "termtype").equals("OnDemand")
                || !field(row, "leasecontractlength").isEmpty()) {
            return;
        }
        Map<String, String> attributes = new HashMap<>();
        for (String attribute : AwsItems.ATTRIBUTES) {
            String value = field(row, plain(attribute));
            if (!value.isEmpty()) {
                attributes.put(attribute, value);
            }
        }
        Optional<AwsItems.Item> item = AwsItems.of(offer, field(row, "productfamily"), attributes);
        if (item.isPresent()) {
            String where = "line " + lines.line() + ", SKU " + Rows.shown(field(row, "sku"));
            rows.add(
                    item.get(),
                    field(row, "startingrange"),
                    field(row, "priceperunit"),
                    field(row, "currency"),
                    "aws offer file " + version,
                    published,
                    where);
        }
    }

    private String field(List<String> row, String column) {
        @Nullable Integer index = columns.get(column);
        return index == null ? "" : row.get(index);
    }

    private List<String> line() throws OfferUnreadable, IOException {
        List<String> fields = lines.next();
        if (fields == null) {
            throw new OfferUnreadable("the file has fewer than the six lines that a price list begins with");
        }
        return fields;
    }

    private static String plain(String name) {
        return name.replace(" ", "").replace("/", "").toLowerCase(Locale.ROOT);
    }
}
