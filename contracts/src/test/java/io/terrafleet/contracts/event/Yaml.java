package io.terrafleet.contracts.event;

import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** Writes maps, lists, texts, numbers and booleans as YAML, in their order. */
final class Yaml {
    private static final Pattern PLAIN = Pattern.compile("[A-Za-z$][A-Za-z0-9_./$-]*");
    private static final Pattern WORD = Pattern.compile("(?i)true|false|null|yes|no|on|off|y|n");
    private final StringBuilder text = new StringBuilder();

    private Yaml() {}

    static String of(Map<String, Object> document) {
        Yaml yaml = new Yaml();
        yaml.map(document, "");
        return yaml.text.toString();
    }

    private void map(Map<?, ?> map, String indent) {
        map.forEach((key, value) -> {
            text.append(indent).append(scalar(key)).append(':');
            value(value, indent + "  ");
        });
    }

    private void value(Object value, String indent) {
        switch (value) {
            case Map<?, ?> map
            when !map.isEmpty() -> {
                text.append('\n');
                map(map, indent);
            }
            case List<?> list
            when !list.isEmpty() -> {
                text.append('\n');
                list.forEach(entry -> entry(entry, indent));
            }
            case Map<?, ?> empty -> text.append(" {}\n");
            case List<?> empty -> text.append(" []\n");
            default -> text.append(' ').append(scalar(value)).append('\n');
        }
    }

    private void entry(Object entry, String indent) {
        if (entry instanceof Map<?, ?> map) {
            int start = text.length();
            map(map, indent + "  ");
            text.replace(start, start + indent.length() + 2, indent + "- ");
        } else {
            text.append(indent).append("- ").append(scalar(entry)).append('\n');
        }
    }

    private static String scalar(Object value) {
        String plain = value.toString();
        if (!(value instanceof String)
                || (PLAIN.matcher(plain).matches() && !WORD.matcher(plain).matches())) {
            return plain;
        }
        return "'" + plain.replace("'", "''") + "'";
    }
}
