package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.BoolValue;
import io.terrafleet.rego.value.NumberValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Holds a document against a schema that has been found valid. */
final class SchemaValidator {
    private static final int MAX_DEPTH = 500;
    private static final int MAX_ERRORS = 1_000;

    private final Value root;
    private final LongConsumer budget;
    private final SchemaScalars scalars;

    SchemaValidator(Value root, LongConsumer budget) {
        this.root = root;
        this.budget = budget;
        this.scalars = new SchemaScalars(budget);
    }

    /** Errors with {@code error}, {@code type}, {@code field} and {@code desc}. */
    List<Value> errors(Value document) {
        Report report = new Report("(root)", new ArrayList<>());
        check(root, document, report, 0);
        return report.errors;
    }

    /**
     * Collects what is found at one place.
     *
     * @param place dotted, {@code (root)} for the document itself
     */
    record Report(String place, List<Value> errors) {
        void add(String type, String description) {
            add(type, place, description);
        }

        void add(String type, String field, String description) {
            if (errors.size() < MAX_ERRORS) {
                errors.add(CertificateValues.object(Map.of(
                        "error", Value.of(place + ": " + description),
                        "type", Value.of(type),
                        "field", Value.of(field),
                        "desc", Value.of(description))));
            }
        }

        Report at(String name) {
            return new Report(place.equals("(root)") ? name : place + "." + name, errors);
        }

        Report apart() {
            return new Report(place, new ArrayList<>());
        }
    }

    private boolean holds(Value schema, Value document, Report report, int depth) {
        Report apart = report.apart();
        check(schema, document, apart, depth + 1);
        return apart.errors.isEmpty();
    }

    private void check(Value schema, Value document, Report report, int depth) {
        budget.accept(1);
        if (depth > MAX_DEPTH) {
            throw BuiltinException.failed("schema and document nest deeper than " + MAX_DEPTH);
        }
        if (schema instanceof BoolValue allowed) {
            if (!allowed.value()) {
                report.add("false", "False always fails validation");
            }
            return;
        }
        if (!(schema instanceof ObjectValue rules)) {
            return;
        }
        if (rules.get("$ref") instanceof StringValue reference) {
            check(resolve(reference.value()), document, report, depth + 1);
            return;
        }
        if (!type(rules.get("type"), document, report)) {
            return;
        }
        values(rules, document, report);
        combinations(rules, document, report, depth);
        switch (document) {
            case ObjectValue object -> object(rules, object, report, depth);
            case ArrayValue array -> array(rules, array, report, depth);
            default -> scalars.check(rules, document, report);
        }
    }

    private Value resolve(String reference) {
        if (!reference.startsWith("#")) {
            throw BuiltinException.failed("schema reference " + reference + " leads outside; that is not allowed");
        }
        Value at = root;
        for (String step : reference.substring(1).split("/")) {
            if (!step.isEmpty()) {
                String name = java.net.URLDecoder.decode(
                                step.replace("+", "%2B"), java.nio.charset.StandardCharsets.UTF_8)
                        .replace("~1", "/")
                        .replace("~0", "~");
                Value next = at.get(Value.of(name));
                if (next == null && at instanceof ArrayValue && name.matches("\\d{1,9}")) {
                    next = at.get(Value.of(Long.parseLong(name)));
                }
                if (next == null) {
                    throw BuiltinException.failed("schema reference " + reference + " leads nowhere");
                }
                at = next;
            }
        }
        return at;
    }

    private static boolean type(@Nullable Value wanted, Value document, Report report) {
        List<Value> types =
                wanted instanceof ArrayValue several ? several.list() : wanted == null ? List.of() : List.of(wanted);
        if (types.isEmpty() || types.stream().anyMatch(type -> is(type, document))) {
            return true;
        }
        String expected =
                String.join("/", types.stream().map(SchemaValidator::bare).toList());
        report.add("invalid_type", "Invalid type. Expected: " + expected + ", given: " + given(document));
        return false;
    }

    private static boolean is(Value type, Value document) {
        String name = bare(type);
        return name.equals(document.typeName())
                || (name.equals("integer") && document instanceof NumberValue n && n.isInteger());
    }

    private static String given(Value document) {
        return document instanceof NumberValue n && n.isInteger() ? "integer" : document.typeName();
    }

    static String bare(Value value) {
        return value instanceof StringValue s ? s.value() : value.toJson();
    }

    private static void values(ObjectValue rules, Value document, Report report) {
        if (rules.get("enum") instanceof ArrayValue allowed && !allowed.list().contains(document)) {
            String list =
                    String.join(", ", allowed.list().stream().map(Value::toJson).toList());
            report.add("enum", report.place + " must be one of the following: " + list);
        }
        Value constant = rules.get("const");
        if (constant != null && !constant.equals(document)) {
            report.add("const", report.place + " does not match: " + constant.toJson());
        }
    }

    private void combinations(ObjectValue rules, Value document, Report report, int depth) {
        if (rules.get("anyOf") instanceof ArrayValue any) {
            if (any.list().stream().noneMatch(schema -> holds(schema, document, report, depth))) {
                report.add("number_any_of", "Must validate at least one schema (anyOf)");
                any.list().stream().limit(1).forEach(schema -> check(schema, document, report, depth + 1));
            }
        }
        if (rules.get("oneOf") instanceof ArrayValue one) {
            List<Value> valid = one.list().stream()
                    .filter(schema -> holds(schema, document, report, depth))
                    .toList();
            if (valid.size() != 1) {
                report.add("number_one_of", "Must validate one and only one schema (oneOf)");
            }
            if (valid.isEmpty()) {
                one.list().stream().limit(1).forEach(schema -> check(schema, document, report, depth + 1));
            }
        }
        if (rules.get("allOf") instanceof ArrayValue all) {
            int before = report.errors.size();
            all.list().forEach(schema -> check(schema, document, report, depth + 1));
            if (report.errors.size() > before) {
                report.add("number_all_of", "Must validate all the schemas (allOf)");
            }
        }
        Value not = rules.get("not");
        if (not != null && holds(not, document, report, depth)) {
            report.add("number_not", "Must not validate the schema (not)");
        }
        Value condition = rules.get("if");
        if (condition != null) {
            boolean met = holds(condition, document, report, depth);
            Value branch = rules.get(met ? "then" : "else");
            if (branch != null && !holds(branch, document, report, depth)) {
                report.add(
                        met ? "condition_then" : "condition_else",
                        met
                                ? "Must validate \"then\" as \"if\" was valid"
                                : "Must validate \"else\" as \"if\" was not valid");
                check(branch, document, report, depth + 1);
            }
        }
    }

    private void object(ObjectValue rules, ObjectValue object, Report report, int depth) {
        if (rules.get("required") instanceof ArrayValue required) {
            for (Value name : required.list()) {
                if (object.get(name) == null) {
                    report.add("required", report.place, bare(name) + " is required");
                }
            }
        }
        SchemaScalars.bounds(
                rules,
                "minProperties",
                "maxProperties",
                object.size(),
                report,
                "array_min_properties",
                "array_max_properties",
                "Must have at least %s properties",
                "Must have at most %s properties");
        properties(rules, object, report, depth);
        Value names = rules.get("propertyNames");
        for (Value key : names == null ? List.<Value>of() : object.keys()) {
            if (!holds(names == null ? BoolValue.TRUE : names, key, report, depth)) {
                report.add("invalid_property_name", "Property name of \"" + bare(key) + "\" does not match");
            }
        }
        if (rules.get("dependencies") instanceof ObjectValue dependencies) {
            for (int i = 0; i < dependencies.size(); i++) {
                if (object.get(dependencies.keyAt(i)) != null) {
                    dependency(dependencies.valueAt(i), object, report, depth);
                }
            }
        }
    }

    private void dependency(Value dependency, ObjectValue object, Report report, int depth) {
        if (dependency instanceof ArrayValue names) {
            for (Value name : names.list()) {
                if (object.get(name) == null) {
                    report.add("missing_dependency", "Has a dependency on " + bare(name));
                }
            }
        } else {
            check(dependency, object, report, depth + 1);
        }
    }

    private void properties(ObjectValue rules, ObjectValue object, Report report, int depth) {
        Set<Value> known = new HashSet<>();
        if (rules.get("properties") instanceof ObjectValue properties) {
            for (int i = 0; i < properties.size(); i++) {
                Value key = properties.keyAt(i);
                Value member = object.get(key);
                known.add(key);
                if (member != null) {
                    check(properties.valueAt(i), member, report.at(bare(key)), depth + 1);
                }
            }
        }
        if (rules.get("patternProperties") instanceof ObjectValue patterns) {
            for (int i = 0; i < patterns.size(); i++) {
                Pattern pattern = scalars.pattern(bare(patterns.keyAt(i)));
                for (Value key : object.keys()) {
                    if (scalars.matches(pattern, bare(key))) {
                        known.add(key);
                        Value member = object.get(key);
                        check(
                                patterns.valueAt(i),
                                member == null ? BoolValue.TRUE : member,
                                report.at(bare(key)),
                                depth + 1);
                    }
                }
            }
        }
        Value additional = rules.get("additionalProperties");
        for (int i = 0; additional != null && i < object.size(); i++) {
            if (known.contains(object.keyAt(i))) {
                continue;
            }
            String name = bare(object.keyAt(i));
            if (additional.equals(BoolValue.FALSE)) {
                report.add("additional_property_not_allowed", "Additional property " + name + " is not allowed");
            } else {
                check(additional, object.valueAt(i), report.at(name), depth + 1);
            }
        }
    }

    private void array(ObjectValue rules, ArrayValue array, Report report, int depth) {
        Value items = rules.get("items");
        for (int i = 0; i < array.size(); i++) {
            Value schema = items;
            if (items instanceof ArrayValue positional) {
                schema = i < positional.size() ? positional.at(i) : rules.get("additionalItems");
                if (i >= positional.size() && BoolValue.FALSE.equals(schema)) {
                    report.add("array_no_additional_items", "No additional items allowed on array");
                    break;
                }
            }
            if (schema != null) {
                check(schema, array.at(i), report.at(Integer.toString(i)), depth + 1);
            }
        }
        SchemaScalars.bounds(
                rules,
                "minItems",
                "maxItems",
                array.size(),
                report,
                "array_min_items",
                "array_max_items",
                "Array must have at least %s items",
                "Array must have at most %s items");
        if (BoolValue.TRUE.equals(rules.get("uniqueItems"))) {
            unique(array, report);
        }
        Value contained = rules.get("contains");
        if (contained != null && array.list().stream().noneMatch(item -> holds(contained, item, report, depth))) {
            report.add("contains", "At least one of the items must match");
        }
    }

    private static void unique(ArrayValue array, Report report) {
        Set<Value> seen = new HashSet<>();
        for (int i = 0; i < array.size(); i++) {
            if (!seen.add(array.at(i))) {
                int first = array.list().indexOf(array.at(i));
                report.add("unique", "array items[" + first + "," + i + "] must be unique");
            }
        }
    }
}
