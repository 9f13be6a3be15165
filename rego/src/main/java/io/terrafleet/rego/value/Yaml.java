package io.terrafleet.rego.value;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.DumperOptions;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeId;
import org.yaml.snakeyaml.nodes.Tag;
import org.yaml.snakeyaml.representer.Representer;
import org.yaml.snakeyaml.resolver.Resolver;

/** Values to and from YAML. Only plain data: no tags that name classes, bounded aliases, nesting and size. */
public final class Yaml {
    private Yaml() {}

    /** Throws {@link IllegalArgumentException} with the parser's words when the text is not YAML. */
    public static Value read(String text) {
        LoaderOptions options = new LoaderOptions();
        options.setCodePointLimit(4 << 20);
        options.setNestingDepthLimit(200);
        options.setMaxAliasesForCollections(50);
        options.setWarnOnDuplicateKeys(false);
        DumperOptions dumper = new DumperOptions();
        try {
            Object loaded = new org.yaml.snakeyaml.Yaml(
                            new SafeConstructor(options), new Representer(dumper), dumper, options, new JsonTypes())
                    .load(text);
            return toValue(loaded);
        } catch (YAMLException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
    }

    public static String write(Value value) {
        DumperOptions options = new DumperOptions();
        options.setDefaultFlowStyle(DumperOptions.FlowStyle.BLOCK);
        options.setIndent(2);
        options.setWidth(Integer.MAX_VALUE);
        return new org.yaml.snakeyaml.Yaml(new QuotedTexts(options), options).dump(toObject(value));
    }

    private static Value toValue(@Nullable Object loaded) {
        return switch (loaded) {
            case null -> NullValue.NULL;
            case Boolean b -> Value.of(b.booleanValue());
            case Integer i -> Value.of(i.longValue());
            case Long l -> Value.of(l.longValue());
            case BigInteger i -> NumberValue.of(i);
            case Double d -> number(d);
            case List<?> items ->
                ArrayValue.of(items.stream().map(Yaml::toValue).toList());
            case Map<?, ?> entries -> {
                Map<Value, Value> converted = new HashMap<>();
                entries.forEach((key, value) -> converted.put(Value.of(String.valueOf(key)), toValue(value)));
                yield ObjectValue.of(converted);
            }
            default -> Value.of(loaded.toString());
        };
    }

    private static Value number(double value) {
        if (Double.isFinite(value)) {
            return NumberValue.of(value);
        }
        throw new IllegalArgumentException("not a JSON number: " + value);
    }

    private static @Nullable Object toObject(Value value) {
        return switch (value) {
            case NullValue v -> null;
            case BoolValue v -> v.value();
            case StringValue v -> v.value();
            case NumberValue v -> v.isLong() ? (Object) v.longValue() : plain(v.decimal());
            case ArrayValue v -> objects(v.list());
            case SetValue v -> objects(v.list());
            case ObjectValue v -> {
                Map<String, @Nullable Object> entries = new LinkedHashMap<>();
                for (int i = 0; i < v.size(); i++) {
                    entries.put(JsonWriter.name(v.keyAt(i)), toObject(v.valueAt(i)));
                }
                yield entries;
            }
        };
    }

    private static Object plain(BigDecimal decimal) {
        return decimal.scale() <= 0 ? decimal.toBigInteger() : decimal.doubleValue();
    }

    private static List<@Nullable Object> objects(List<Value> values) {
        List<@Nullable Object> objects = new ArrayList<>();
        values.forEach(value -> objects.add(toObject(value)));
        return objects;
    }

    /** What would be read as something else than text stands in double quotes; libraries for Go write it so. */
    private static final class QuotedTexts extends Representer {
        private final Resolver types = new Resolver();

        QuotedTexts(DumperOptions options) {
            super(options);
        }

        @Override
        protected Node representScalar(Tag tag, String value, DumperOptions.ScalarStyle style) {
            boolean mistaken = tag.equals(Tag.STR)
                    && value.indexOf('\n') < 0
                    && !types.resolve(NodeId.scalar, value, true).equals(Tag.STR);
            return super.representScalar(tag, value, mistaken ? DumperOptions.ScalarStyle.DOUBLE_QUOTED : style);
        }
    }

    /** Dates stay strings. */
    private static final class JsonTypes extends Resolver {
        @Override
        public void addImplicitResolver(Tag tag, java.util.regex.Pattern regexp, @Nullable String first, int limit) {
            if (!tag.equals(Tag.TIMESTAMP)) {
                super.addImplicitResolver(tag, regexp, first, limit);
            }
        }
    }
}
