package io.terrafleet.rego.value;

/** JSON's null: a defined value, not the absence of one. */
public record NullValue() implements Value {
    public static final NullValue NULL = new NullValue();

    @Override
    public String typeName() {
        return "null";
    }

    @Override
    public int rank() {
        return 0;
    }

    @Override
    public void write(StringBuilder out) {
        out.append("null");
    }

    @Override
    public int compareTo(Value other) {
        return rank() - other.rank();
    }

    @Override
    public String toString() {
        return "null";
    }
}
