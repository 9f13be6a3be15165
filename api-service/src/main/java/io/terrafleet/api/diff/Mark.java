package io.terrafleet.api.diff;

/** What happens to one line. */
public enum Mark {
    ADD("+", "add"),
    REMOVE("-", "remove"),
    CHANGE("~", "change"),
    /** Nothing; shown so that the lines around it are understood. */
    SAME(" ", "same");

    private final String symbol;
    private final String style;

    Mark(String symbol, String style) {
        this.symbol = symbol;
        this.style = style;
    }

    public String symbol() {
        return symbol;
    }

    /** The end of the style's name. */
    public String style() {
        return style;
    }
}
