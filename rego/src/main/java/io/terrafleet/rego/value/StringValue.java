package io.terrafleet.rego.value;

/** A string, ordered by code point. */
public record StringValue(String value) implements Value {
    @Override
    public String typeName() {
        return "string";
    }

    @Override
    public int rank() {
        return 3;
    }

    @Override
    public void write(StringBuilder out) {
        JsonWriter.quote(value, out);
    }

    @Override
    public int compareTo(Value other) {
        return other instanceof StringValue s ? compare(value, s.value) : rank() - other.rank();
    }

    /** Code point order, which is also the order of the UTF-8 bytes. */
    private static int compare(String a, String b) {
        int shared = Math.min(a.length(), b.length());
        for (int i = 0; i < shared; i++) {
            char x = a.charAt(i);
            char y = b.charAt(i);
            if (x != y) {
                boolean high = Character.isSurrogate(x);
                return high == Character.isSurrogate(y) ? x - y : high ? 1 : -1;
            }
        }
        return a.length() - b.length();
    }

    @Override
    public String toString() {
        StringBuilder out = new StringBuilder();
        write(out);
        return out.toString();
    }
}
