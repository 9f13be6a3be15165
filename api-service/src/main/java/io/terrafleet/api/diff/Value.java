package io.terrafleet.api.diff;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.plan.Redaction;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A value on one line, written as in HCL. */
public record Value(Kind kind, String text) {
    /** Characters of one value that are shown. */
    static final int MOST_TEXT = 2_000;

    static final Value UNKNOWN = new Value(Kind.UNKNOWN, "(known after apply)");
    static final Value NULL = new Value(Kind.NULL, "null");

    /** How it is coloured. */
    public enum Kind {
        TEXT,
        LITERAL,
        NULL,
        UNKNOWN,
        SENSITIVE;

        public String style() {
            return switch (this) {
                case TEXT -> "text";
                case LITERAL -> "literal";
                case NULL -> "null";
                case UNKNOWN -> "unknown";
                case SENSITIVE -> "sensitive";
            };
        }
    }

    /** @param unknown the plan's marks for what only the apply will know, in the shape of {@code node} */
    static Value of(JsonNode node, JsonNode unknown) {
        if (unknown.isBoolean() && unknown.booleanValue()) {
            return UNKNOWN;
        }
        if (node.isNull() || node.isMissingNode()) {
            return NULL;
        }
        if (sensitive(node)) {
            return new Value(Kind.SENSITIVE, Redaction.HIDDEN);
        }
        StringBuilder text = new StringBuilder();
        write(node, unknown, text);
        return new Value(node.isTextual() ? Kind.TEXT : Kind.LITERAL, cut(text.toString()));
    }

    static boolean sensitive(JsonNode node) {
        return node.isTextual() && node.textValue().equals(Redaction.HIDDEN);
    }

    private static void write(JsonNode node, JsonNode unknown, StringBuilder text) {
        if (text.length() > MOST_TEXT) {
            return;
        }
        if (unknown.isBoolean() && unknown.booleanValue()) {
            text.append(UNKNOWN.text());
        } else if (sensitive(node)) {
            text.append(Redaction.HIDDEN);
        } else if (node.isTextual()) {
            text.append(quoted(node.textValue()));
        } else if (node.isArray()) {
            text.append('[');
            for (int i = 0; i < node.size(); i++) {
                text.append(i == 0 ? "" : ", ");
                write(node.get(i), unknown.path(i), text);
            }
            text.append(']');
        } else if (node.isObject()) {
            writeObject(node, unknown, text);
        } else {
            text.append(node.asText());
        }
    }

    private static void writeObject(JsonNode node, JsonNode unknown, StringBuilder text) {
        List<Map.Entry<String, JsonNode>> members = new ArrayList<>(node.properties());
        text.append(members.isEmpty() ? "{" : "{ ");
        String gap = "";
        for (Map.Entry<String, JsonNode> member : members) {
            text.append(gap).append(name(member.getKey())).append(" = ");
            write(member.getValue(), unknown.path(member.getKey()), text);
            gap = ", ";
        }
        text.append(members.isEmpty() ? "}" : " }");
    }

    /** A member's name, quoted where HCL asks for it. */
    static String name(String name) {
        boolean plain = !name.isEmpty()
                && name.chars().allMatch(c -> c == '_' || c == '-' || Character.isLetterOrDigit(c))
                && !Character.isDigit(name.charAt(0));
        return plain ? name : quoted(name);
    }

    static String quoted(String text) {
        StringBuilder quoted = new StringBuilder("\"");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> quoted.append("\\\"");
                case '\\' -> quoted.append("\\\\");
                case '\n' -> quoted.append("\\n");
                case '\r' -> quoted.append("\\r");
                case '\t' -> quoted.append("\\t");
                default -> quoted.append(visible(c));
            }
        }
        return quoted.append('"').toString();
    }

    /** Control and direction characters could make a line look like another; they are written as escapes. */
    static String visible(char c) {
        boolean hidden = Character.isISOControl(c) || Character.getType(c) == Character.FORMAT;
        return hidden ? String.format("\\u%04x", (int) c) : String.valueOf(c);
    }

    static String visible(String line) {
        StringBuilder seen = new StringBuilder(line.length());
        for (int i = 0; i < line.length(); i++) {
            seen.append(line.charAt(i) == '\t' ? "\t" : visible(line.charAt(i)));
        }
        return seen.toString();
    }

    static String cut(String text) {
        return text.length() <= MOST_TEXT
                ? text
                : text.substring(0, MOST_TEXT) + "… (" + (text.length() - MOST_TEXT) + " more characters)";
    }
}
