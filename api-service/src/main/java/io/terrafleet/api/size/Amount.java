package io.terrafleet.api.size;

import io.terrafleet.api.problem.Problem;
import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What is measured, how people write it (https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/, without exponents)
 * and how it is counted here.
 */
enum Amount {
    /** Counted in thousandths of a processor. */
    CPU("500m, 2 or 1.5", 10) {
        @Override
        @Nullable
        BigDecimal factor(String suffix) {
            return switch (suffix) {
                case "m" -> BigDecimal.ONE;
                case "" -> BigDecimal.valueOf(1_000);
                default -> null;
            };
        }

        @Override
        String write(long millis) {
            return millis % 1_000 == 0 ? String.valueOf(millis / 1_000) : millis + "m";
        }
    },

    /** Counted in bytes. */
    MEMORY("512Mi or 4Gi", 128L << 20),

    /** Counted in bytes. */
    DISK("512Mi or 8Gi", 256L << 20);

    private static final Map<String, Long> BYTES = Map.of(
            "", 1L,
            "k", 1_000L,
            "M", 1_000_000L,
            "G", 1_000_000_000L,
            "T", 1_000_000_000_000L,
            "Ki", 1L << 10,
            "Mi", 1L << 20,
            "Gi", 1L << 30,
            "Ti", 1L << 40);

    private static final Pattern FORM = Pattern.compile("([0-9]{1,15}(?:\\.[0-9]{1,9})?)([A-Za-z]{0,2})");

    private final String examples;
    private final long least;

    Amount(String examples, long least) {
        this.examples = examples;
        this.least = least;
    }

    /** What one of the suffix is worth here; null for a suffix that this has not. */
    @Nullable
    BigDecimal factor(String suffix) {
        Long bytes = BYTES.get(suffix);
        return bytes == null ? null : BigDecimal.valueOf(bytes);
    }

    /** As people write it. */
    String write(long bytes) {
        for (String suffix : new String[] {"Gi", "Mi", "Ki"}) {
            long unit = BYTES.getOrDefault(suffix, 1L);
            if (bytes % unit == 0) {
                return bytes / unit + suffix;
            }
        }
        return String.valueOf(bytes);
    }

    /** Counted; empty for what is no quantity of this, or none that is whole here. */
    Optional<Long> read(String text) {
        Matcher form = FORM.matcher(text);
        if (!form.matches()) {
            return Optional.empty();
        }
        BigDecimal factor = factor(form.group(2));
        if (factor == null) {
            return Optional.empty();
        }
        BigDecimal counted = new BigDecimal(form.group(1)).multiply(factor).stripTrailingZeros();
        return counted.scale() <= 0 && counted.precision() - counted.scale() <= 18
                ? Optional.of(counted.longValueExact())
                : Optional.empty();
    }

    /** @throws Problem 422 that says what would be right */
    long within(String attribute, String text, long most) {
        long counted = read(text)
                .orElseThrow(() -> Problem.invalid(
                        attribute, attribute + " must be a Kubernetes quantity, as " + examples + " are"));
        if (counted < least || counted > most) {
            throw Problem.invalid(attribute, attribute + " must be between " + write(least) + " and " + write(most));
        }
        return counted;
    }
}
