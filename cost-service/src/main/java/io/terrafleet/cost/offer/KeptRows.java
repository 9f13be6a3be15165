package io.terrafleet.cost.offer;

import io.terrafleet.cost.price.PriceRow;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/** The form in which the prices of a list that was read are kept: CSV, gzipped. */
public final class KeptRows {
    private static final String HEADER = "service,region,key,unit,from,price,currency,source,date";

    private KeptRows() {}

    /** Writes all rows and closes the stream. */
    public static void write(OutputStream raw, List<PriceRow> rows) throws IOException {
        try (Writer out = new OutputStreamWriter(new GZIPOutputStream(raw, 1 << 16), StandardCharsets.UTF_8)) {
            out.write(HEADER + "\n");
            for (PriceRow row : rows) {
                out.write(String.join(
                                ",",
                                row.service(),
                                row.region(),
                                "\"" + row.key().replace("\"", "\"\"") + "\"",
                                row.unit(),
                                row.from().toPlainString(),
                                row.price().toPlainString(),
                                row.currency(),
                                row.source(),
                                row.date().map(LocalDate::toString).orElse(""))
                        + "\n");
            }
        }
    }

    /**
     * @param where the rows are kept, for people
     * @throws IllegalStateException when the stream does not hold what {@link #write} wrote
     */
    public static List<PriceRow> read(InputStream raw, String where) throws IOException {
        List<PriceRow> rows = new ArrayList<>();
        Map<String, String> known = new HashMap<>();
        try (BufferedReader reader =
                new BufferedReader(new InputStreamReader(new GZIPInputStream(raw, 1 << 16), StandardCharsets.UTF_8))) {
            CsvLines lines = new CsvLines(reader);
            List<String> header = lines.next();
            if (header == null || !String.join(",", header).equals(HEADER)) {
                throw new OfferUnreadable("it does not begin with " + HEADER);
            }
            for (List<String> field = lines.next(); field != null; field = lines.next()) {
                rows.add(new PriceRow(
                        once(known, field.get(0)),
                        once(known, field.get(1)),
                        field.get(2),
                        once(known, field.get(3)),
                        new BigDecimal(field.get(4)),
                        new BigDecimal(field.get(5)),
                        once(known, field.get(6)),
                        once(known, field.get(7)),
                        field.get(8).isEmpty() ? Optional.empty() : Optional.of(LocalDate.parse(field.get(8)))));
            }
        } catch (OfferUnreadable | IndexOutOfBoundsException | IllegalArgumentException e) {
            throw new IllegalStateException(where + " holds no imported prices; import the list again", e);
        }
        return rows;
    }

    /** Services, regions, units and sources are few: one text of each is kept, not one for every row. */
    private static String once(Map<String, String> known, String text) {
        return known.computeIfAbsent(text, same -> same);
    }
}
