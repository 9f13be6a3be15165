package io.terrafleet.contracts.usage;

import java.math.BigDecimal;
import java.util.Locale;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.NodeTuple;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.Tag;

/** Whether a YAML document is a usage file; what is wrong is said with its line, from 1. */
final class UsageCheck {
    private static final int MOST_RESOURCES = 20_000;
    private static final int DEEPEST = 8;
    private static final int LONGEST = 512;
    private static final BigDecimal LARGEST = new BigDecimal("1000000000000000000");
    private static final Pattern PLAIN = Pattern.compile("[0-9]{1,30}(\\.[0-9]{0,30})?");

    private UsageCheck() {}

    static void check(@Nullable Node root) throws UsageUnreadable {
        if (root == null || Tag.NULL.equals(root.getTag())) {
            return;
        }
        if (!(root instanceof MappingNode document)) {
            throw new UsageUnreadable("the usage file must be a mapping with " + UsageDocument.BY_ADDRESS);
        }
        for (NodeTuple entry : document.getValue()) {
            String name = text(entry.getKeyNode());
            if (name.equals(UsageDocument.BY_ADDRESS) || name.equals(UsageDocument.BY_TYPE)) {
                section(name, entry.getValueNode());
            }
        }
    }

    private static void section(String name, Node node) throws UsageUnreadable {
        if (Tag.NULL.equals(node.getTag())) {
            return;
        }
        if (!(node instanceof MappingNode section)) {
            throw wrong(
                    node,
                    name + " must be a mapping from " + (name.equals(UsageDocument.BY_TYPE) ? "types" : "addresses")
                            + " to usage");
        }
        if (section.getValue().size() > MOST_RESOURCES) {
            throw wrong(node, name + " has more than " + MOST_RESOURCES + " entries");
        }
        for (NodeTuple entry : section.getValue()) {
            String resource = text(entry.getKeyNode());
            Node usage = entry.getValueNode();
            if (!(usage instanceof MappingNode) && !Tag.NULL.equals(usage.getTag())) {
                throw wrong(usage, resource + " must be a mapping from keys to amounts");
            }
            value(resource, usage, 1);
        }
    }

    private static void value(String path, Node node, int depth) throws UsageUnreadable {
        switch (node) {
            case MappingNode group -> {
                if (depth > DEEPEST) {
                    throw wrong(node, path + " is nested too deeply");
                }
                for (NodeTuple entry : group.getValue()) {
                    value(path + "." + text(entry.getKeyNode()), entry.getValueNode(), depth + 1);
                }
            }
            case ScalarNode scalar -> scalar(path, scalar);
            default -> throw wrong(node, path + " must be an amount, a word or a group of them, not a list");
        }
    }

    private static void scalar(String path, ScalarNode scalar) throws UsageUnreadable {
        boolean number = Tag.INT.equals(scalar.getTag()) || Tag.FLOAT.equals(scalar.getTag());
        String text = scalar.getValue();
        if (number
                && (text.startsWith("-")
                        || text.contains("inf")
                        || text.toLowerCase(Locale.ROOT).contains("nan"))) {
            throw wrong(scalar, path + " must be a number from 0 to 10^18, not " + shown(text));
        }
        if (number && PLAIN.matcher(text).matches() && new BigDecimal(text).compareTo(LARGEST) > 0) {
            throw wrong(scalar, path + " must be a number from 0 to 10^18, not " + shown(text));
        }
        if (text.length() > LONGEST) {
            throw wrong(scalar, path + " is longer than " + LONGEST + " characters");
        }
    }

    private static String text(Node key) throws UsageUnreadable {
        if (key instanceof ScalarNode scalar && scalar.getValue().length() <= LONGEST) {
            return scalar.getValue();
        }
        throw wrong(key, "a key must be a word of at most " + LONGEST + " characters");
    }

    private static String shown(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }

    private static UsageUnreadable wrong(Node node, String what) {
        return new UsageUnreadable(
                "the usage file is wrong: line " + (node.getStartMark().getLine() + 1) + ": " + what);
    }
}
