package io.terrafleet.cost.resource;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Addresses as terraform writes them, for example {@code module.net["eu.1"].aws_subnet.a[0].id}. */
final class Addresses {
    private Addresses() {}

    /** Split at the dots outside brackets. */
    static List<String> steps(String address) {
        List<String> steps = new ArrayList<>(6);
        int start = 0;
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            if (c == '[') {
                i = closing(address, i);
            } else if (c == '.') {
                steps.add(address.substring(start, i));
                start = i + 1;
            }
        }
        steps.add(address.substring(Math.min(start, address.length())));
        return steps;
    }

    /** {@code module.net["eu.1"]} becomes {@code module.net}. */
    static String withoutIndexes(String address) {
        if (address.indexOf('[') < 0) {
            return address;
        }
        StringBuilder plain = new StringBuilder(address.length());
        for (int i = 0; i < address.length(); i++) {
            char c = address.charAt(i);
            if (c == '[') {
                i = closing(address, i);
            } else {
                plain.append(c);
            }
        }
        return plain.toString();
    }

    /** What stands in the brackets at the end of a step, without quotes; null when there are none. */
    static @Nullable String index(String step) {
        int open = step.indexOf('[');
        if (open < 0) {
            return null;
        }
        String inner = step.substring(open + 1, Math.max(open + 1, step.length() - 1));
        return inner.length() >= 2 && inner.startsWith("\"") ? inner.substring(1, inner.length() - 1) : inner;
    }

    /** The step before its brackets. */
    static String name(String step) {
        int open = step.indexOf('[');
        return open < 0 ? step : step.substring(0, open);
    }

    static String join(String module, String rest) {
        return module.isEmpty() ? rest : module + "." + rest;
    }

    /** Where the last module of a module address begins: {@code module.a["x"].module.b} gives 14; 0 for one in the root. */
    static int lastModule(String module) {
        int last = 0;
        for (int i = 0; i < module.length(); i++) {
            if (module.charAt(i) == '[') {
                i = closing(module, i);
            } else if (module.startsWith(".module.", i)) {
                last = i + 1;
                i += ".module.".length() - 1;
            }
        }
        return last;
    }

    private static int closing(String address, int open) {
        boolean quoted = false;
        for (int i = open + 1; i < address.length(); i++) {
            char c = address.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ']' && !quoted) {
                return i;
            }
        }
        return address.length() - 1;
    }
}
