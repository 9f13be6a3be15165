package io.terrafleet.rego.builtin;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.BoolValue;
import io.terrafleet.rego.value.NullValue;
import io.terrafleet.rego.value.NumberValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.SetValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** The part of Go's text/template that policies use: fields, variables, range, if, else, end. */
final class GoTemplate {
    private static final Pattern ACTION = Pattern.compile("\\{\\{(-?)\\s*(.*?)\\s*(-?)\\}\\}", Pattern.DOTALL);
    private static final Pattern RANGE =
            Pattern.compile("range\\s+(?:(\\$\\w+)(?:\\s*,\\s*(\\$\\w+))?\\s*:=\\s*)?(\\S+)");

    /** What stands for a field that is not there. */
    private static final Value NO_VALUE = new StringValue("<undefined>");

    private final List<String> parts = new ArrayList<>();
    private final Operands operands;
    private int at;

    private GoTemplate(String template, Operands operands) {
        this.operands = operands;
        Matcher matcher = ACTION.matcher(template);
        int start = 0;
        boolean trimNext = false;
        while (matcher.find()) {
            String text = template.substring(start, matcher.start());
            text = trimNext ? text.stripLeading() : text;
            parts.add(matcher.group(1).isEmpty() ? text : text.stripTrailing());
            parts.add(matcher.group(2));
            trimNext = !matcher.group(3).isEmpty();
            start = matcher.end();
        }
        String rest = template.substring(start);
        parts.add(trimNext ? rest.stripLeading() : rest);
    }

    /** Throws when a field is missing or an action is not understood. */
    static String render(String template, ObjectValue values, Operands operands) {
        StringBuilder out = new StringBuilder();
        new GoTemplate(template, operands).block(out, values, Map.of());
        return out.toString();
    }

    /** Renders up to the end or to {@code else}/{@code end}, which is returned; null output only skips. */
    private String block(@Nullable StringBuilder out, Value dot, Map<String, Value> variables) {
        while (at < parts.size()) {
            boolean text = at % 2 == 0;
            String part = parts.get(at++);
            if (text) {
                if (out != null) {
                    out.append(part);
                }
            } else if (part.equals("end") || part.startsWith("else")) {
                return part;
            } else if (part.startsWith("range")) {
                range(out, part, dot, variables);
            } else if (part.startsWith("if ")) {
                condition(out, part.substring(3), dot, variables);
            } else if (out != null && !part.startsWith("/*")) {
                out.append(shown(resolve(part, dot, variables)));
            }
        }
        return "";
    }

    private void condition(@Nullable StringBuilder out, String test, Value dot, Map<String, Value> variables) {
        boolean holds = out != null && truthy(resolve(test.strip(), dot, variables));
        String end = block(holds ? out : null, dot, variables);
        StringBuilder otherwise = holds ? null : out;
        if (end.startsWith("else if ")) {
            condition(otherwise, end.substring(8), dot, variables);
        } else if (end.equals("else")) {
            block(otherwise, dot, variables);
        }
    }

    private void range(@Nullable StringBuilder out, String action, Value dot, Map<String, Value> variables) {
        Matcher range = RANGE.matcher(action);
        if (!range.matches()) {
            throw operands.failed("template: range not understood: " + action);
        }
        int start = at;
        List<Value[]> entries = out == null ? List.of() : entries(resolve(range.group(3), dot, variables));
        for (Value[] entry : entries) {
            operands.spend(1);
            Map<String, Value> inner = new HashMap<>(variables);
            String first = range.group(1);
            String second = range.group(2);
            if (second != null) {
                inner.put(first, entry[0]);
                inner.put(second, entry[1]);
            } else if (first != null) {
                inner.put(first, entry[1]);
            }
            at = start;
            block(out, entry[1], inner);
        }
        if (entries.isEmpty()) {
            block(null, dot, variables);
        }
    }

    private static List<Value[]> entries(Value over) {
        List<Value[]> entries = new ArrayList<>();
        switch (over) {
            case ObjectValue o -> {
                for (int i = 0; i < o.size(); i++) {
                    entries.add(new Value[] {o.keyAt(i), o.valueAt(i)});
                }
            }
            case ArrayValue a -> {
                for (int i = 0; i < a.size(); i++) {
                    entries.add(new Value[] {NumberValue.of(i), a.at(i)});
                }
            }
            case SetValue s -> s.list().forEach(v -> entries.add(new Value[] {v, v}));
            default -> {}
        }
        return entries;
    }

    private Value resolve(String expression, Value dot, Map<String, Value> variables) {
        if (expression.startsWith("\"") && expression.endsWith("\"")) {
            return new StringValue(expression.substring(1, expression.length() - 1));
        }
        int fields = expression.indexOf('.');
        String head = fields < 0 ? expression : expression.substring(0, fields);
        Value value = head.isEmpty() ? dot : variables.get(head);
        if (value == null) {
            throw operands.failed("template: not understood: " + expression);
        }
        String path = fields < 0 ? "" : expression.substring(fields + 1);
        for (String field : path.isEmpty() ? new String[0] : path.split("\\.")) {
            value = value == null ? null : value.get(new StringValue(field));
        }
        return value == null ? NO_VALUE : value;
    }

    private static boolean truthy(Value value) {
        return switch (value) {
            case NullValue v -> false;
            case BoolValue v -> v.value();
            case NumberValue v -> !v.equals(NumberValue.of(0));
            case StringValue v -> !v.value().isEmpty();
            case ArrayValue v -> v.size() > 0;
            case ObjectValue v -> v.size() > 0;
            case SetValue v -> v.size() > 0;
        };
    }

    private static String shown(Value value) {
        return switch (value) {
            case StringValue s -> s.value();
            case NullValue n -> "<no value>";
            case ArrayValue a ->
                "[" + String.join(" ", a.list().stream().map(GoTemplate::shown).toList()) + "]";
            default -> value.toString();
        };
    }
}
