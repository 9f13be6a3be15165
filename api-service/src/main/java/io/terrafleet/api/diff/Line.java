package io.terrafleet.api.diff;

import java.util.Optional;

/**
 * One line of a resource's diff.
 *
 * @param depth of nesting, from 0
 * @param label the attribute's name padded to its neighbours, or a bracket, or a text's line
 * @param before the old value, when the line shows one
 * @param after the new value, when the line shows one
 * @param note what is said beside it, such as {@code forces replacement}
 */
public record Line(
        int depth, Mark mark, Kind kind, String label, Optional<Value> before, Optional<Value> after, String note) {
    static final String FORCES_REPLACEMENT = "forces replacement";
    private static final int DEEPEST_INDENT = 24;

    /** What stands on the line. */
    public enum Kind {
        /** A name and its value or values. */
        ATTRIBUTE,
        /** A value in a list. */
        ELEMENT,
        /** A bracket that opens or closes. */
        BRACKET,
        /** A line of a text of several lines. */
        TEXT,
        /** How much is left out. */
        HIDDEN
    }

    static Line attribute(int depth, Mark mark, String name, Optional<Value> before, Optional<Value> after) {
        return new Line(depth, mark, Kind.ATTRIBUTE, Value.name(name), before, after, "");
    }

    static Line element(int depth, Mark mark, Value value) {
        Optional<Value> shown = Optional.of(value);
        Optional<Value> none = Optional.empty();
        return new Line(
                depth,
                mark,
                Kind.ELEMENT,
                "",
                mark == Mark.REMOVE ? shown : none,
                mark == Mark.REMOVE ? none : shown,
                "");
    }

    static Line bracket(int depth, Mark mark, String text) {
        return new Line(depth, mark, Kind.BRACKET, text, Optional.empty(), Optional.empty(), "");
    }

    static Line text(int depth, Mark mark, String text) {
        String shown = Value.cut(Value.visible(text));
        return new Line(depth, mark, Kind.TEXT, shown, Optional.empty(), Optional.empty(), "");
    }

    static Line hidden(int depth, int count, String what) {
        String text = "# (" + count + " unchanged " + what + (count == 1 ? "" : "s") + ")";
        return new Line(depth, Mark.SAME, Kind.HIDDEN, text, Optional.empty(), Optional.empty(), "");
    }

    Line forcingReplacement() {
        return new Line(depth, mark, kind, label, before, after, FORCES_REPLACEMENT);
    }

    Line padded(int width) {
        String wide = label + " ".repeat(Math.max(0, width - label.length()));
        return new Line(depth, mark, kind, wide, before, after, note);
    }

    public String indent() {
        return "  ".repeat(Math.min(depth, DEEPEST_INDENT));
    }

    /** The style's name. */
    public String style() {
        return kind.name().toLowerCase(java.util.Locale.ROOT);
    }

    public boolean attribute() {
        return kind == Kind.ATTRIBUTE;
    }

    public boolean changed() {
        return before.isPresent() && after.isPresent();
    }

    public boolean noted() {
        return !note.isEmpty();
    }
}
