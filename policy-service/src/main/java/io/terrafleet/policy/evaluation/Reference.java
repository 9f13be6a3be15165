package io.terrafleet.policy.evaluation;

import java.util.ArrayList;
import java.util.List;

/** A reference as the configuration of a plan writes it, for example {@code aws_subnet.private[0].id}, cut at its dots. */
record Reference(String text, List<Part> parts) {

    /** @param key what stands between the brackets, quotes included; empty without brackets */
    record Part(String name, String key) {}

    static Reference of(String text) {
        List<Part> parts = new ArrayList<>();
        StringBuilder name = new StringBuilder();
        StringBuilder key = new StringBuilder();
        boolean quoted = false;
        int depth = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '"' && (i == 0 || text.charAt(i - 1) != '\\')) {
                quoted = !quoted;
            }
            if (!quoted && c == '.' && depth == 0) {
                parts.add(new Part(name.toString(), key.toString()));
                name.setLength(0);
                key.setLength(0);
            } else if (!quoted && c == '[') {
                depth++;
            } else if (!quoted && c == ']') {
                depth--;
            } else {
                (depth > 0 ? key : name).append(c);
            }
        }
        parts.add(new Part(name.toString(), key.toString()));
        return new Reference(text, List.copyOf(parts));
    }

    String word(int index) {
        return index < parts.size() ? parts.get(index).name() : "";
    }

    String key(int index) {
        return index < parts.size() ? parts.get(index).key() : "";
    }

    /** Whether it says the same as another and more; terraform lists {@code a.b.id} together with {@code a.b}. */
    boolean extendsBeyond(String shorter) {
        return text.length() > shorter.length()
                && text.startsWith(shorter)
                && (text.charAt(shorter.length()) == '.' || text.charAt(shorter.length()) == '[');
    }
}
