package io.terrafleet.cost.resource;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.MissingNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A resource or one of its nested blocks, read with care: what the plan knows only after apply becomes a stated assumption, and what
 * cannot be (a negative size, a text where a number belongs) is {@link Unpriceable}.
 */
public class Block {
    /** Numbers beyond this are no sizes or counts of anything. */
    private static final BigDecimal LARGEST = new BigDecimal("1000000000000");

    private static final Pattern NUMBER = Pattern.compile("-?\\d{1,15}(\\.\\d{1,9})?");
    private static final Pattern TEXT = Pattern.compile("[A-Za-z0-9 ._:/+*()-]{0,128}");
    private static final int LONGEST_TEXT = 4_096;
    private static final int MOST_BLOCKS = 1_000;

    private final Scope scope;
    private final JsonNode values;
    private final JsonNode unknown;
    private final JsonNode expressions;
    private final String path;

    Block(Scope scope, JsonNode values, JsonNode unknown, JsonNode expressions, String path) {
        this.scope = scope;
        this.values = values;
        this.unknown = unknown;
        this.expressions = expressions;
        this.path = path;
    }

    /** This block with whatever it does not set taken from another, as a template lies below what overrides it. */
    public Block over(Block below) {
        ObjectNode merged = JsonNodeFactory.instance.objectNode();
        below.values.properties().forEach(member -> merged.set(member.getKey(), member.getValue()));
        values.properties().stream()
                .filter(member -> has(member.getKey()))
                .forEach(member -> merged.set(member.getKey(), member.getValue()));
        return new Block(scope, merged, unknown, expressions, path);
    }

    /** Whether the plan has a value for the attribute; an empty text, as states have for things not set, is none. */
    public boolean has(String attribute) {
        JsonNode value = values.path(attribute);
        return !value.isMissingNode()
                && !value.isNull()
                && !(value.isTextual() && value.textValue().isBlank());
    }

    /** Whether the configuration sets the attribute to something known only after apply. */
    public boolean deferred(String attribute) {
        return !has(attribute)
                && isMarked(unknown.path(attribute))
                && !expressions.path(attribute).isMissingNode();
    }

    /** A short text; empty when absent, blank or unknown. */
    public Optional<String> text(String attribute) {
        JsonNode value = values.path(attribute);
        if (!has(attribute)) {
            return Optional.empty();
        }
        if (!value.isValueNode() || !TEXT.matcher(value.asText()).matches()) {
            throw new Unpriceable(path + attribute + " must be a short text");
        }
        return Optional.of(value.asText());
    }

    /** A text of any characters, for values that are read further; empty when absent, unknown or very long. */
    public Optional<String> anyText(String attribute) {
        JsonNode value = values.path(attribute);
        return value.isTextual() && value.textValue().length() <= LONGEST_TEXT
                ? Optional.of(value.textValue())
                : Optional.empty();
    }

    public String text(String attribute, String otherwise) {
        Optional<String> text = text(attribute);
        if (text.isEmpty()) {
            defer(attribute, otherwise);
        }
        return text.orElse(otherwise);
    }

    /** A number from 0 to 10^12, given as number or as text; empty when absent or unknown. */
    public Optional<BigDecimal> number(String attribute) {
        JsonNode value = values.path(attribute);
        if (value.isMissingNode()
                || value.isNull()
                || (value.isTextual() && value.textValue().isBlank())) {
            return Optional.empty();
        }
        return Optional.of(bounded(attribute, value));
    }

    public BigDecimal number(String attribute, long otherwise) {
        Optional<BigDecimal> number = number(attribute);
        if (number.isEmpty()) {
            defer(attribute, String.valueOf(otherwise));
        }
        return number.orElse(BigDecimal.valueOf(otherwise));
    }

    private BigDecimal bounded(String attribute, JsonNode value) {
        boolean readable = value.isIntegralNumber()
                ? value.canConvertToLong()
                : value.isNumber()
                        ? Double.isFinite(value.doubleValue()) && Math.abs(value.doubleValue()) <= 1e12
                        : value.isTextual() && NUMBER.matcher(value.textValue()).matches();
        BigDecimal number = !readable
                ? BigDecimal.ONE.negate()
                : value.isTextual() ? new BigDecimal(value.textValue()) : value.decimalValue();
        if (number.signum() < 0 || number.compareTo(LARGEST) > 0 || number.scale() > 20) {
            throw new Unpriceable(path + attribute + " must be a number from 0 to 10^12");
        }
        return number;
    }

    public boolean flag(String attribute, boolean otherwise) {
        JsonNode value = values.path(attribute);
        if (value.isMissingNode()
                || value.isNull()
                || (value.isTextual() && value.textValue().isBlank())) {
            defer(attribute, String.valueOf(otherwise));
            return otherwise;
        }
        return switch (values.path(attribute).asText()) {
            case "true" -> true;
            case "false" -> false;
            default -> throw new Unpriceable(path + attribute + " must be true or false");
        };
    }

    /** Nested blocks, none when absent or unknown. */
    public List<Block> blocks(String name) {
        JsonNode list = values.path(name);
        if (list.isObject()) {
            return List.of(nested(name, list, unknown.path(name), expressions.path(name), name + "."));
        }
        if (list.size() > MOST_BLOCKS) {
            throw new Unpriceable(path + name + " has more than " + MOST_BLOCKS + " entries");
        }
        List<Block> blocks = new ArrayList<>(list.size());
        for (int i = 0; i < list.size(); i++) {
            JsonNode said = expressions.path(name);
            blocks.add(nested(
                    name,
                    list.get(i),
                    unknown.path(name).path(i),
                    said.isArray() ? said.path(i) : said,
                    name + "[" + i + "]."));
        }
        return blocks;
    }

    private Block nested(String name, JsonNode value, JsonNode marks, JsonNode said, String where) {
        if (!value.isObject()) {
            throw new Unpriceable(path + name + " must hold blocks");
        }
        return new Block(scope, value, marks, said, path + where);
    }

    public Optional<Block> block(String name) {
        return blocks(name).stream().findFirst();
    }

    /** The texts of a list; empty when absent or unknown. */
    public List<String> texts(String attribute) {
        List<String> texts = new ArrayList<>();
        for (JsonNode value : values.path(attribute)) {
            if (texts.size() >= MOST_BLOCKS) {
                throw new Unpriceable(path + attribute + " has more than " + MOST_BLOCKS + " entries");
            }
            if (value.isTextual() && TEXT.matcher(value.textValue()).matches()) {
                texts.add(value.textValue());
            }
        }
        return texts;
    }

    /**
     * How many entries a list or set has. When it is known only after apply, as many as the configuration refers to resources; when
     * that cannot be told either, {@code otherwise}. Both are stated.
     */
    public int size(String attribute, int otherwise) {
        JsonNode list = values.path(attribute);
        if (list.isContainerNode()) {
            return list.size();
        }
        if (!deferred(attribute)) {
            return otherwise;
        }
        int referred = scope.referred(expressions.path(attribute)).size();
        int size = referred > 0 ? referred : otherwise;
        scope.bill()
                .assume(path + attribute + " is known only after apply; counted " + size
                        + (referred > 0 ? " by the resources that the configuration refers to" : ""));
        return size;
    }

    /** The resource of one of these types that an attribute names, by its value or by the reference in the configuration. */
    public Optional<Resource> linked(String attribute, String... types) {
        List<String> wanted = List.of(types);
        List<PlannedResource> candidates = scope.referred(expressions.path(attribute)).stream()
                .filter(candidate -> wanted.contains(candidate.change().type()))
                .toList();
        JsonNode value = values.path(attribute);
        if (value.isTextual()) {
            // Names need not be unique: of several with this one, the one that the configuration refers to.
            Optional<PlannedResource> named = scope.side()
                    .named(value.textValue(), types)
                    .filter(found -> candidates.isEmpty() || candidates.contains(found));
            if (named.isPresent()) {
                return named.map(scope::other);
            }
        }
        JsonNode index = scope.planned().change().index();
        return candidates.stream()
                .filter(candidate -> candidate.change().index().equals(index))
                .findFirst()
                .or(() -> candidates.stream().findFirst())
                .map(scope::other);
    }

    private void defer(String attribute, String assumed) {
        if (deferred(attribute)) {
            scope.bill().assume(path + attribute + " is known only after apply; assumed " + assumed);
        }
    }

    private static boolean isMarked(JsonNode mark) {
        return mark.isBoolean() ? mark.booleanValue() : !(mark instanceof MissingNode) && mark.size() > 0;
    }
}
