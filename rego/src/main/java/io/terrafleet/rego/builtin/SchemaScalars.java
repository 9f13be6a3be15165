package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.BoolValue;
import io.terrafleet.rego.value.NumberValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.OffsetTime;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.regex.Pattern;

/** The part of JSON Schema that is about texts and numbers. */
final class SchemaScalars {
    private static final Pattern HOST = Pattern.compile(
            "^([a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)(\\.[a-zA-Z0-9]([a-zA-Z0-9-]{0,61}[a-zA-Z0-9])?)*$");
    private static final Pattern MAIL = Pattern.compile("^[^@\\s]+@[^@\\s]+$");
    private static final Pattern UUID =
            Pattern.compile("^(?i)[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$");
    private static final Pattern IPV4 = Pattern.compile("^((25[0-5]|2[0-4]\\d|1?\\d?\\d)(\\.|$)){4}$");

    private final LongConsumer budget;
    private final Map<String, Pattern> patterns = new HashMap<>();

    SchemaScalars(LongConsumer budget) {
        this.budget = budget;
    }

    Pattern pattern(String source) {
        return patterns.computeIfAbsent(source, RegexSyntax::compile);
    }

    boolean matches(Pattern pattern, String text) {
        return pattern.matcher(new BoundedText(text, budget)).find();
    }

    void check(ObjectValue rules, Value document, SchemaValidator.Report report) {
        switch (document) {
            case StringValue text -> text(rules, text.value(), report);
            case NumberValue number -> number(rules, number, report);
            default -> {}
        }
    }

    /** A lower and an upper bound on a count. */
    static void bounds(
            ObjectValue rules,
            String minimum,
            String maximum,
            long count,
            SchemaValidator.Report report,
            String tooFew,
            String tooMany,
            String atLeast,
            String atMost) {
        if (rules.get(minimum) instanceof NumberValue least && least.compareTo(Value.of(count)) > 0) {
            report.add(tooFew, atLeast.replace("%s", least.toString()));
        }
        if (rules.get(maximum) instanceof NumberValue most && most.compareTo(Value.of(count)) < 0) {
            report.add(tooMany, atMost.replace("%s", most.toString()));
        }
    }

    private void text(ObjectValue rules, String text, SchemaValidator.Report report) {
        bounds(
                rules,
                "minLength",
                "maxLength",
                text.codePointCount(0, text.length()),
                report,
                "string_gte",
                "string_lte",
                "String length must be greater than or equal to %s",
                "String length must be less than or equal to %s");
        if (rules.get("pattern") instanceof StringValue pattern && !matches(pattern(pattern.value()), text)) {
            report.add("pattern", "Does not match pattern '" + pattern.value() + "'");
        }
        if (rules.get("format") instanceof StringValue format && !hasFormat(format.value(), text)) {
            report.add("format", "Does not match format '" + format.value() + "'");
        }
    }

    private static boolean hasFormat(String format, String text) {
        try {
            switch (format) {
                case "date" -> LocalDate.parse(text);
                case "date-time" -> OffsetDateTime.parse(text);
                case "time" -> OffsetTime.parse(text);
                case "uri" -> {
                    return new java.net.URI(text).isAbsolute();
                }
                case "uri-reference" -> new java.net.URI(text);
                case "regex" -> RegexSyntax.compile(text);
                default -> {
                    return hasShape(format, text);
                }
            }
            return true;
        } catch (DateTimeException | java.net.URISyntaxException | java.util.regex.PatternSyntaxException e) {
            return false;
        }
    }

    /** A format that is not known restricts nothing. */
    private static boolean hasShape(String format, String text) {
        return switch (format) {
            case "email", "idn-email" -> MAIL.matcher(text).matches();
            case "hostname" -> text.length() < 256 && HOST.matcher(text).matches();
            case "ipv4" -> IPV4.matcher(text).matches();
            case "ipv6" -> text.indexOf(':') >= 0 && Cidr.parse(text + "/128") != null;
            case "uuid" -> UUID.matcher(text).matches();
            default -> true;
        };
    }

    private static void number(ObjectValue rules, NumberValue number, SchemaValidator.Report report) {
        if (rules.get("multipleOf") instanceof NumberValue unit
                && number.decimal().remainder(unit.decimal()).compareTo(BigDecimal.ZERO) != 0) {
            report.add("multiple_of", "Must be a multiple of " + unit);
        }
        if (rules.get("minimum") instanceof NumberValue least) {
            boolean open = BoolValue.TRUE.equals(rules.get("exclusiveMinimum"));
            if (number.compareTo(least) < (open ? 1 : 0)) {
                report.add(
                        open ? "number_gt" : "number_gte",
                        (open ? "Must be greater than " : "Must be greater than or equal to ") + least);
            }
        }
        if (rules.get("exclusiveMinimum") instanceof NumberValue least && number.compareTo(least) <= 0) {
            report.add("number_gt", "Must be greater than " + least);
        }
        if (rules.get("maximum") instanceof NumberValue most) {
            boolean open = BoolValue.TRUE.equals(rules.get("exclusiveMaximum"));
            if (number.compareTo(most) > (open ? -1 : 0)) {
                report.add(
                        open ? "number_lt" : "number_lte",
                        (open ? "Must be less than " : "Must be less than or equal to ") + most);
            }
        }
        if (rules.get("exclusiveMaximum") instanceof NumberValue most && number.compareTo(most) >= 0) {
            report.add("number_lt", "Must be less than " + most);
        }
    }
}
