package io.terrafleet.cost.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a usage file says of one resource: numbers, words and groups of them, by the keys that Infracost documents. */
public final class Usage {
    /** Nothing is known of the resource's use. */
    public static final Usage NONE = new Usage(MissingNode.getInstance(), "");

    private static final BigDecimal LARGEST = new BigDecimal("1000000000000000000");
    private static final Pattern NUMBER = Pattern.compile("\\d{1,18}(\\.\\d{1,12})?");
    private static final int MOST_ENTRIES = 1_000;

    private final JsonNode values;
    private final String path;

    Usage(JsonNode values, String path) {
        this.values = values;
        this.path = path;
    }

    public boolean isEmpty() {
        return values.isEmpty();
    }

    public boolean has(String key) {
        return values.hasNonNull(key);
    }

    /** A number from 0 to 10^18; empty when the file does not give it. */
    public Optional<BigDecimal> number(String key) {
        JsonNode value = values.path(key);
        if (value.isMissingNode() || value.isNull()) {
            return Optional.empty();
        }
        boolean readable = value.isNumber()
                ? Double.isFinite(value.doubleValue())
                : value.isTextual() && NUMBER.matcher(value.textValue()).matches();
        BigDecimal number = readable ? new BigDecimal(value.asText()) : BigDecimal.ONE.negate();
        if (number.signum() < 0 || number.compareTo(LARGEST) > 0 || number.scale() > 20) {
            throw new Unpriceable("usage " + path + key + " must be a number from 0 to 10^18");
        }
        return Optional.of(number);
    }

    /** A number in units of {@code size}: 2,000,000 requests are 2 units of a million. */
    public Optional<BigDecimal> number(String key, long size) {
        return number(key).map(amount -> amount.divide(BigDecimal.valueOf(size), MathContext.DECIMAL64));
    }

    public BigDecimal number(String key, BigDecimal otherwise) {
        return number(key).orElse(otherwise);
    }

    /** A word; empty when the file does not give it. */
    public Optional<String> text(String key) {
        JsonNode value = values.path(key);
        return value.isTextual()
                        && !value.textValue().isBlank()
                        && value.textValue().length() <= 128
                ? Optional.of(value.textValue())
                : Optional.empty();
    }

    /** A group of values, for example of one storage class. */
    public Usage group(String key) {
        JsonNode value = values.path(key);
        return value.isObject() ? new Usage(value, path + key + ".") : NONE;
    }

    /** All numbers of a group, for example by region. */
    public Map<String, BigDecimal> numbers(String key) {
        Usage group = group(key);
        Map<String, BigDecimal> numbers = new LinkedHashMap<>();
        group.values.fieldNames().forEachRemaining(name -> {
            if (numbers.size() >= MOST_ENTRIES) {
                throw new Unpriceable("usage " + path + key + " has more than " + MOST_ENTRIES + " entries");
            }
            group.number(name).ifPresent(number -> numbers.put(name, number));
        });
        return numbers;
    }
}
