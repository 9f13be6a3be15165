package io.terrafleet.rego.type;

import io.terrafleet.rego.value.NumberValue;
import io.terrafleet.rego.value.Value;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** The type of a value, as far as it is known. Two types fit each other when some value could have both. */
public sealed interface Type {
    /** Nothing is known. */
    record Any() implements Type {}

    /** Null, a boolean, a number or a text; named as {@link Value#typeName()} names it. */
    record Scalar(String name) implements Type {}

    /**
     * An array.
     *
     * @param items the types of its first items
     * @param rest the type of any further items; null when there are none
     */
    record Items(List<Type> items, @Nullable Type rest) implements Type {
        public Items {
            items = List.copyOf(items);
        }

        @Nullable
        Type at(int index) {
            return index < items.size() ? items.get(index) : rest;
        }
    }

    /**
     * An object.
     *
     * @param fields the types under known keys
     * @param keys the type of other keys; null, as {@code values}, when there are none
     */
    record Fields(Map<Value, Type> fields, @Nullable Type keys, @Nullable Type values) implements Type {
        public Fields {
            fields = Map.copyOf(fields);
        }
    }

    /** A set. */
    record Members(Type of) implements Type {}

    /** One of several. */
    record OneOf(List<Type> types) implements Type {
        public OneOf {
            types = List.copyOf(types);
        }
    }

    /** Nothing is known. */
    static Type any() {
        return new Any();
    }

    /** Any of the types; of none, and where one is unknown, nothing is known. */
    static Type oneOf(List<Type> types) {
        Set<Type> distinct = new LinkedHashSet<>();
        for (Type type : types) {
            if (type instanceof OneOf(List<Type> several)) {
                distinct.addAll(several);
            } else {
                distinct.add(type);
            }
        }
        if (distinct.isEmpty() || distinct.contains(any())) {
            return any();
        }
        return distinct.size() == 1 ? distinct.iterator().next() : new OneOf(List.copyOf(distinct));
    }

    /** Whether some value could be of both types. */
    default boolean fits(Type other) {
        return switch (this) {
            case Any any -> true;
            case OneOf(List<Type> types) -> types.stream().anyMatch(type -> type.fits(other));
            case Scalar scalar -> other.fitsAny(type -> type.equals(scalar));
            case Items items -> other.fitsAny(type -> type instanceof Items others && fit(items, others));
            case Fields fields -> other.fitsAny(type -> type instanceof Fields others && fit(fields, others));
            case Members(Type of) -> other.fitsAny(type -> type instanceof Members(Type others) && of.fits(others));
        };
    }

    private boolean fitsAny(Predicate<Type> single) {
        if (this instanceof OneOf(List<Type> types)) {
            return types.stream().anyMatch(type -> type.fitsAny(single));
        }
        return equals(any()) || single.test(this);
    }

    private static boolean fit(Items a, Items b) {
        for (int i = 0; i < Math.max(a.items.size(), b.items.size()); i++) {
            Type left = a.at(i);
            Type right = b.at(i);
            if (left == null || right == null || !left.fits(right)) {
                return false;
            }
        }
        return a.rest == null || b.rest == null || a.rest.fits(b.rest);
    }

    private static boolean fit(Fields a, Fields b) {
        return covers(a, b) && covers(b, a) && (a.values == null || b.values == null || a.values.fits(b.values));
    }

    private static boolean covers(Fields a, Fields b) {
        return a.fields.entrySet().stream().allMatch(field -> {
            Type other = b.part(field.getKey());
            return other != null && field.getValue().fits(other);
        });
    }

    /** Of what {@code value[key]} refers to; null when it can never be defined. */
    default @Nullable Type part(Value key) {
        return switch (this) {
            case Any any -> any();
            case Scalar scalar -> null;
            case Items items ->
                key instanceof NumberValue number && number.isLong() && number.longValue() >= 0
                        ? items.at((int) Math.min(number.longValue(), Integer.MAX_VALUE))
                        : null;
            case Fields fields -> {
                Type known = fields.fields.get(key);
                boolean other = fields.keys != null && of(key).fits(fields.keys);
                yield known != null ? known : other ? fields.values : null;
            }
            case Members(Type of) -> of(key).fits(of) ? of(key) : null;
            case OneOf(List<Type> types) -> {
                List<Type> parts = new ArrayList<>();
                for (Type type : types) {
                    Type part = type.part(key);
                    if (part != null) {
                        parts.add(part);
                    }
                }
                yield parts.isEmpty() ? null : oneOf(parts);
            }
        };
    }

    /** Of what a reference with a variable goes to; null when the value has no parts. */
    default @Nullable Type anyPart() {
        return switch (this) {
            case Any any -> any();
            case Scalar scalar -> null;
            case Items(List<Type> items, Type rest) -> joined(items, rest);
            case Fields(Map<Value, Type> fields, Type keys, Type values) ->
                joined(List.copyOf(fields.values()), values);
            case Members(Type of) -> of;
            case OneOf(List<Type> types) -> {
                List<Type> parts = new ArrayList<>();
                for (Type type : types) {
                    Type part = type.anyPart();
                    if (part != null) {
                        parts.add(part);
                    }
                }
                yield parts.isEmpty() ? null : oneOf(parts);
            }
        };
    }

    private static Type joined(List<Type> known, @Nullable Type rest) {
        List<Type> all = new ArrayList<>(known);
        if (rest != null) {
            all.add(rest);
        }
        return oneOf(all);
    }

    /** Of a scalar value. */
    static Type of(Value scalar) {
        return switch (scalar.typeName()) {
            case "array", "object", "set" -> any();
            default -> new Scalar(scalar.typeName());
        };
    }

    /** For people. */
    default String words() {
        return switch (this) {
            case Any any -> "any";
            case Scalar(String name) -> name;
            case Items(List<Type> items, Type rest) ->
                items.isEmpty()
                        ? rest == null || rest.equals(any()) ? "array" : "array of " + rest.words()
                        : items.stream().map(Type::words).collect(Collectors.joining(", ", "array [", "]"));
            case Fields(Map<Value, Type> fields, Type keys, Type values) ->
                fields.isEmpty()
                        ? "object"
                        : fields.keySet().stream()
                                .sorted()
                                .map(Value::toString)
                                .collect(Collectors.joining(", ", "object with ", ""));
            case Members(Type of) -> of.equals(any()) ? "set" : "set of " + of.words();
            case OneOf(List<Type> types) -> types.stream().map(Type::words).collect(Collectors.joining(" or "));
        };
    }
}
