package io.terrafleet.rego.syntax;

/**
 * A local variable after names are resolved. Two variables of the same name are different; identity counts.
 *
 * <p>The slot is its place in the frame of the rule, function or query that owns it.
 */
public final class Variable {
    private final String name;
    private final int slot;
    private final int depth;

    public Variable(String name, int slot, int depth) {
        this.name = name;
        this.slot = slot;
        this.depth = depth;
    }

    /** As written; {@code _} for a wildcard. */
    public String name() {
        return name;
    }

    public int slot() {
        return slot;
    }

    /** In how many nested bodies (comprehensions, every) it was introduced; only those, and deeper ones, may bind it. */
    public int depth() {
        return depth;
    }

    public boolean isWildcard() {
        return name.equals("_");
    }

    @Override
    public String toString() {
        return name;
    }
}
