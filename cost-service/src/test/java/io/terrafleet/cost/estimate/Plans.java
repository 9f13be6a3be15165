package io.terrafleet.cost.estimate;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.plan.PlanDocument;
import io.terrafleet.contracts.plan.PlanUnreadable;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.zip.GZIPInputStream;

/** The plans that the tests come with, under {@code resources/plans}. */
public final class Plans {
    private Plans() {}

    /** @param file for example {@code 01-web-app.json} or {@code 10-large.json.gz} */
    public static byte[] bytes(String file) {
        try (InputStream in = Objects.requireNonNull(Plans.class.getResourceAsStream("/plans/" + file), file)) {
            return file.endsWith(".gz") ? new GZIPInputStream(in).readAllBytes() : in.readAllBytes();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public static PlanDocument plan(String file) {
        return parse(bytes(file));
    }

    public static PlanDocument parse(byte[] json) {
        try {
            return PlanDocument.parse(json);
        } catch (PlanUnreadable e) {
            throw new IllegalArgumentException(e);
        }
    }

    public static JsonNode json(String file) {
        try {
            return Json.mapper().readTree(bytes(file));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
