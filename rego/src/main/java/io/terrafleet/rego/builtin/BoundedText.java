package io.terrafleet.rego.builtin;

import java.util.function.LongConsumer;

/** A text that charges each look at it, so that a runaway regular expression ends with the evaluation's budget. */
final class BoundedText implements CharSequence {
    private static final int CHUNK = 4096;

    private final CharSequence text;
    private final LongConsumer budget;
    private int reads;

    BoundedText(CharSequence text, LongConsumer budget) {
        this.text = text;
        this.budget = budget;
    }

    @Override
    public int length() {
        return text.length();
    }

    @Override
    public char charAt(int index) {
        if (++reads == CHUNK) {
            reads = 0;
            budget.accept(CHUNK / 4);
        }
        return text.charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
        return text.subSequence(start, end);
    }

    @Override
    public String toString() {
        return text.toString();
    }
}
