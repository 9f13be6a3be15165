package io.terrafleet.cost.price;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Reads comma-separated values (RFC 4180 without line breaks inside fields), row by row. */
final class CsvRows {
    private static final int LONGEST_LINE = 10_000;

    private CsvRows() {}

    /** Hands every row after the header to {@code row}. */
    static void read(BufferedReader reader, List<String> header, Consumer<List<String>> row) throws IOException {
        String first = reader.readLine();
        if (first == null || !split(first).equals(header)) {
            throw new IOException("the first line must be " + String.join(",", header));
        }
        int number = 1;
        for (String line = reader.readLine(); line != null; line = reader.readLine()) {
            number++;
            List<String> fields = line.length() > LONGEST_LINE ? List.of() : split(line);
            if (fields.size() != header.size()) {
                throw new IOException(
                        "line " + number + " has " + fields.size() + " fields, expected " + header.size());
            }
            try {
                row.accept(fields);
            } catch (RuntimeException e) {
                throw new IOException("line " + number + ": " + e.getMessage(), e);
            }
        }
    }

    private static List<String> split(String line) {
        List<String> fields = new ArrayList<>();
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        for (int i = 0; i < line.length(); i++) {
            char c = line.charAt(i);
            if (c == '"' && quoted && i + 1 < line.length() && line.charAt(i + 1) == '"') {
                field.append('"');
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                fields.add(field.toString());
                field.setLength(0);
            } else {
                field.append(c);
            }
        }
        fields.add(field.toString());
        return fields;
    }
}
