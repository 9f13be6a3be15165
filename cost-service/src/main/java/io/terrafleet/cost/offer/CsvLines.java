package io.terrafleet.cost.offer;

import java.io.BufferedReader;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Comma-separated values (RFC 4180), record by record; a field in quotes may hold line breaks. */
final class CsvLines {
    private static final int LONGEST_RECORD = 1_000_000;
    private static final int MOST_FIELDS = 2_000;

    private final BufferedReader reader;
    private long line;

    CsvLines(BufferedReader reader) {
        this.reader = reader;
    }

    /** The line that the last record began on, from 1. */
    long line() {
        return line;
    }

    /** The fields of the next record; null at the end. */
    @Nullable
    List<String> next() throws IOException, OfferUnreadable {
        List<String> fields = new ArrayList<>(100);
        StringBuilder field = new StringBuilder();
        boolean quoted = false;
        boolean any = false;
        int length = 0;
        line++;
        for (int c = reader.read(); c >= 0; c = reader.read()) {
            any = true;
            if (++length > LONGEST_RECORD || fields.size() > MOST_FIELDS) {
                throw new OfferUnreadable("line " + line + " is too long for a price list");
            }
            if (quoted) {
                if (c != '"') {
                    field.append((char) c);
                } else if (peek() == '"') {
                    reader.read();
                    field.append('"');
                } else {
                    quoted = false;
                }
            } else if (c == '"') {
                quoted = true;
            } else if (c == ',') {
                fields.add(field.toString());
                field.setLength(0);
            } else if (c == '\n') {
                fields.add(field.toString());
                return fields;
            } else if (c != '\r') {
                field.append((char) c);
            }
        }
        if (quoted) {
            throw new OfferUnreadable("line " + line + ": the file breaks off inside quotes");
        }
        if (any) {
            fields.add(field.toString());
        }
        return any ? fields : null;
    }

    private int peek() throws IOException {
        reader.mark(1);
        int next = reader.read();
        reader.reset();
        return next;
    }
}
