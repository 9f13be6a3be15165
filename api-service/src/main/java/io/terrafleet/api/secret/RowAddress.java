package io.terrafleet.api.secret;

/**
 * Where a row lies in its table: PostgreSQL's {@code ctid}, {@code (block,row)}. Ranges of it are read without an index, and a table can be gone
 * through in parts, whatever its key is.
 */
record RowAddress(long block, int row) {
    static final RowAddress START = new RowAddress(0, 0);

    /** @param text as PostgreSQL writes it */
    static RowAddress parse(String text) {
        int comma = text.indexOf(',');
        return new RowAddress(
                Long.parseLong(text.substring(1, comma)),
                Integer.parseInt(text.substring(comma + 1, text.length() - 1)));
    }

    /** The begin of the part of so many blocks that this is in. */
    RowAddress part(int blocks) {
        return new RowAddress(block - block % blocks, 0);
    }

    RowAddress nextPart(int blocks) {
        return new RowAddress(part(blocks).block + blocks, 0);
    }

    @Override
    public String toString() {
        return "(" + block + "," + row + ")";
    }
}
