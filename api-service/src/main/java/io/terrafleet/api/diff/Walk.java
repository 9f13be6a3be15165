package io.terrafleet.api.diff;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import io.terrafleet.contracts.Json;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.IntStream;

/** Walks the old and the new value of one resource side by side and writes the lines that differ. */
final class Walk {
    private static final JsonNode ABSENT = MissingNode.getInstance();
    private static final int WIDEST_NAME = 34;
    private static final int LONGEST_INLINE = 72;

    private final Set<String> replacing;
    private final Set<String> context;
    private final int most;
    private final List<Line> lines = new ArrayList<>();
    private int cut;

    /**
     * @param replacing paths, as {@code /a/0/b}, of what forces the replacement
     * @param context names at the top that are shown even when they stay
     * @param most lines written; more are counted
     */
    Walk(Set<String> replacing, Set<String> context, int most) {
        this.replacing = replacing;
        this.context = context;
        this.most = most;
    }

    List<Line> lines() {
        return List.copyOf(lines);
    }

    int cut() {
        return cut;
    }

    /** The members of two objects, either of which may be absent. */
    void members(int depth, JsonNode before, JsonNode after, JsonNode unknown, String path) {
        Set<String> names = new TreeSet<>();
        before.fieldNames().forEachRemaining(names::add);
        after.fieldNames().forEachRemaining(names::add);
        unknown.fieldNames().forEachRemaining(names::add);
        int first = lines.size();
        int unchanged = 0;
        for (String name : names) {
            boolean silent =
                    !member(depth, name, before.path(name), after.path(name), unknown.path(name), path + "/" + name);
            unchanged += silent && !absent(before.path(name)) ? 1 : 0;
        }
        align(first, depth);
        if (unchanged > 0) {
            add(Line.hidden(depth, unchanged, path.isEmpty() ? "attribute" : "member"));
        }
    }

    /** @return whether anything was written */
    boolean member(int depth, String name, JsonNode before, JsonNode after, JsonNode unknown, String path) {
        boolean comes = !absent(after) || anyUnknown(unknown);
        if (absent(before)) {
            return comes && oneSided(depth, Mark.ADD, name, after, unknown, path);
        }
        if (!comes) {
            return oneSided(depth, Mark.REMOVE, name, before, ABSENT, path);
        }
        if (before.equals(after) && !anyUnknown(unknown)) {
            return unchanged(depth, name, before, path);
        }
        return changed(depth, name, before, after, unknown, path);
    }

    private boolean unchanged(int depth, String name, JsonNode value, String path) {
        boolean named = depth == 0 && context.contains(name) && value.isValueNode();
        if (!named && !Value.sensitive(value)) {
            return false;
        }
        Line line = Line.attribute(depth, Mark.SAME, name, Optional.empty(), Optional.of(Value.of(value, ABSENT)));
        add(forced(line, path));
        return true;
    }

    private boolean oneSided(int depth, Mark mark, String name, JsonNode value, JsonNode unknown, String path) {
        if (value.isContainerNode() && value.isEmpty() && !anyUnknown(unknown)) {
            return false;
        }
        boolean blocks = value.isArray() && value.size() > 0 && allObjects(value);
        if (blocks) {
            for (int i = 0; i < value.size(); i++) {
                object(depth, mark, Value.name(name) + " {", "}", value.get(i), unknown.path(i), path + "/" + i);
            }
        } else if (value.isObject() && !isTrue(unknown)) {
            object(depth, mark, Value.name(name) + " = {", "}", value, unknown, path);
        } else if (value.isArray() && !isTrue(unknown) && inline(value, unknown).isEmpty()) {
            elements(depth, mark, name, value, unknown, path);
        } else if (value.isTextual() && value.textValue().contains("\n") && !isTrue(unknown)) {
            texts(depth, mark, name, value.textValue(), path);
        } else {
            Optional<Value> shown = Optional.of(Value.of(value, unknown));
            Optional<Value> none = Optional.empty();
            boolean gone = mark == Mark.REMOVE;
            add(forced(Line.attribute(depth, mark, name, gone ? shown : none, gone ? none : shown), path));
        }
        return true;
    }

    private void object(
            int depth, Mark mark, String open, String close, JsonNode value, JsonNode unknown, String path) {
        add(forced(Line.bracket(depth, mark, open), path));
        boolean gone = mark == Mark.REMOVE;
        members(depth + 1, gone ? value : ABSENT, gone ? ABSENT : value, unknown, path);
        add(Line.bracket(depth, mark, close));
    }

    private void elements(int depth, Mark mark, String name, JsonNode list, JsonNode unknown, String path) {
        add(forced(Line.bracket(depth, mark, Value.name(name) + " = ["), path));
        for (int i = 0; i < list.size(); i++) {
            add(Line.element(depth + 1, mark, Value.of(list.get(i), unknown.path(i))));
        }
        add(Line.bracket(depth, mark, "]"));
    }

    private void texts(int depth, Mark mark, String name, String text, String path) {
        add(forced(Line.bracket(depth, mark, Value.name(name) + " = <<-EOT"), path));
        text.lines().forEach(line -> add(Line.text(depth + 1, mark, line)));
        add(Line.bracket(depth, mark, "EOT"));
    }

    private boolean changed(int depth, String name, JsonNode before, JsonNode after, JsonNode unknown, String path) {
        if (isTrue(unknown)) {
            inlineChange(depth, name, before, after, unknown, path);
        } else if (before.isObject() && after.isObject()) {
            around(depth, Value.name(name) + " = {", "}", path, () -> members(depth + 1, before, after, unknown, path));
        } else if (before.isArray() && after.isArray()) {
            lists(depth, name, before, after, unknown, path);
        } else if (before.isTextual() && after.isTextual()) {
            strings(depth, name, before, after, path);
        } else {
            inlineChange(depth, name, before, after, unknown, path);
        }
        return true;
    }

    private void inlineChange(int depth, String name, JsonNode before, JsonNode after, JsonNode unknown, String path) {
        Optional<Value> old = Optional.of(Value.of(before, ABSENT));
        add(forced(Line.attribute(depth, Mark.CHANGE, name, old, Optional.of(Value.of(after, unknown))), path));
    }

    private void lists(int depth, String name, JsonNode before, JsonNode after, JsonNode unknown, String path) {
        boolean blocks = allObjects(before) && allObjects(after);
        if (blocks) {
            new BlockDiff(this, depth, name, path).write(before, after, unknown);
        } else if (inline(before, ABSENT).isPresent() && inline(after, unknown).isPresent()) {
            inlineChange(depth, name, before, after, unknown, path);
        } else {
            around(depth, Value.name(name) + " = [", "]", path, () -> scalars(depth + 1, before, after, unknown));
        }
    }

    private void scalars(int depth, JsonNode before, JsonNode after, JsonNode unknown) {
        List<Integer> old = IntStream.range(0, before.size()).boxed().toList();
        List<Integer> fresh = IntStream.range(0, after.size()).boxed().toList();
        int unchanged = 0;
        for (Sequence.Step step : Sequence.steps(
                old, fresh, (i, j) -> before.get(i).equals(after.get(j)) && !anyUnknown(unknown.path(j)))) {
            switch (step.mark()) {
                case REMOVE -> add(Line.element(depth, Mark.REMOVE, Value.of(before.get(step.before()), ABSENT)));
                case ADD ->
                    add(Line.element(depth, Mark.ADD, Value.of(after.get(step.after()), unknown.path(step.after()))));
                case SAME, CHANGE -> unchanged++;
            }
        }
        if (unchanged > 0) {
            add(Line.hidden(depth, unchanged, "element"));
        }
    }

    private void strings(int depth, String name, JsonNode before, JsonNode after, String path) {
        String old = before.textValue();
        String fresh = after.textValue();
        Optional<JsonNode> oldJson = container(old);
        Optional<JsonNode> freshJson = container(fresh);
        if (oldJson.isPresent() && freshJson.isPresent() && !oldJson.equals(freshJson)) {
            String open = Value.name(name) + " = jsonencode(";
            around(depth, open, ")", path, () -> parsed(depth + 1, oldJson.get(), freshJson.get(), path));
        } else if (old.contains("\n") || fresh.contains("\n")) {
            around(depth, Value.name(name) + " = <<-EOT", "EOT", path, () -> textLines(depth + 1, old, fresh));
        } else {
            inlineChange(depth, name, before, after, ABSENT, path);
        }
    }

    private void parsed(int depth, JsonNode before, JsonNode after, String path) {
        if (before.isObject() && after.isObject()) {
            members(depth, before, after, ABSENT, path);
        } else {
            member(depth, "value", before, after, ABSENT, path);
        }
    }

    private void textLines(int depth, String before, String after) {
        List<String> old = before.lines().toList();
        List<String> fresh = after.lines().toList();
        List<Sequence.Step> steps =
                Sequence.steps(old, fresh, (i, j) -> old.get(i).equals(fresh.get(j)));
        int unchanged = 0;
        for (int i = 0; i < steps.size(); i++) {
            Sequence.Step step = steps.get(i);
            boolean near = nearChange(steps, i);
            if (step.mark() == Mark.SAME && !near) {
                unchanged++;
                continue;
            }
            if (unchanged > 0) {
                add(Line.hidden(depth, unchanged, "line"));
                unchanged = 0;
            }
            String text = step.mark() == Mark.ADD ? fresh.get(step.after()) : old.get(step.before());
            add(Line.text(depth, step.mark(), text));
        }
        if (unchanged > 0) {
            add(Line.hidden(depth, unchanged, "line"));
        }
    }

    /** Two lines around a change are shown. */
    private static boolean nearChange(List<Sequence.Step> steps, int at) {
        return IntStream.rangeClosed(Math.max(0, at - 2), Math.min(steps.size() - 1, at + 2))
                .anyMatch(i -> steps.get(i).mark() != Mark.SAME);
    }

    void around(int depth, String open, String close, String path, Runnable inside) {
        add(forced(Line.bracket(depth, Mark.CHANGE, open), path));
        inside.run();
        add(Line.bracket(depth, Mark.CHANGE, close));
    }

    void block(int depth, Mark mark, String name, JsonNode value, JsonNode unknown, String path) {
        object(depth, mark, Value.name(name) + " {", "}", value, unknown, path);
    }

    void add(Line line) {
        if (lines.size() >= most) {
            cut++;
        } else {
            lines.add(line);
        }
    }

    private Line forced(Line line, String path) {
        return replacing.contains(path) ? line.forcingReplacement() : line;
    }

    private void align(int first, int depth) {
        int width = lines.subList(first, lines.size()).stream()
                .filter(line -> line.depth() == depth && line.attribute())
                .mapToInt(line -> line.label().length())
                .filter(length -> length <= WIDEST_NAME)
                .max()
                .orElse(0);
        for (int i = first; i < lines.size(); i++) {
            Line line = lines.get(i);
            if (line.depth() == depth && line.attribute()) {
                lines.set(i, line.padded(width));
            }
        }
    }

    private static Optional<Value> inline(JsonNode list, JsonNode unknown) {
        if (list.size() > 4 || list.valueStream().anyMatch(JsonNode::isContainerNode)) {
            return Optional.empty();
        }
        return Optional.of(Value.of(list, unknown)).filter(value -> value.text().length() <= LONGEST_INLINE);
    }

    private static Optional<JsonNode> container(String text) {
        String trimmed = text.strip();
        if (trimmed.length() > 200_000 || !(trimmed.startsWith("{") || trimmed.startsWith("["))) {
            return Optional.empty();
        }
        try {
            return Optional.of(Json.mapper().readTree(trimmed)).filter(JsonNode::isContainerNode);
        } catch (JsonProcessingException e) {
            return Optional.empty();
        }
    }

    private static boolean allObjects(JsonNode list) {
        return list.isArray() && list.valueStream().allMatch(JsonNode::isObject);
    }

    static boolean absent(JsonNode node) {
        return node.isMissingNode() || node.isNull();
    }

    static boolean isTrue(JsonNode mark) {
        return mark.isBoolean() && mark.booleanValue();
    }

    static boolean anyUnknown(JsonNode mark) {
        return isTrue(mark) || mark.valueStream().anyMatch(Walk::anyUnknown);
    }
}
