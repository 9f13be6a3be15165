package io.terrafleet.rego.problem;

/** A place in a source: file name as given to the parser, line and column counted from 1. */
public record Position(String file, int line, int column) {
    /** For text that has no file, such as a query typed by a caller. */
    public static final Position NOWHERE = new Position("", 0, 0);

    @Override
    public String toString() {
        return this.equals(NOWHERE) ? "query" : file + ":" + line + ":" + column;
    }
}
