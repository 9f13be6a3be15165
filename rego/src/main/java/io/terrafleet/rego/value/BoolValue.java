package io.terrafleet.rego.value;

/** True or false. */
public record BoolValue(boolean value) implements Value {
    public static final BoolValue TRUE = new BoolValue(true);
    public static final BoolValue FALSE = new BoolValue(false);

    @Override
    public String typeName() {
        return "boolean";
    }

    @Override
    public int rank() {
        return 1;
    }

    @Override
    public void write(StringBuilder out) {
        out.append(value);
    }

    @Override
    public int compareTo(Value other) {
        return other instanceof BoolValue b ? Boolean.compare(value, b.value) : rank() - other.rank();
    }

    @Override
    public String toString() {
        return String.valueOf(value);
    }
}
