package io.terrafleet.rego.type;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Reads types as they are noted for built-in functions: n number, s string, b boolean, z null, a array, o object, e set, * any; {@code [n]}
 * an array and {@code <n>} a set of numbers, {@code {s:n}} an object with texts as keys and numbers as values, {@code [n,s,]} an array of
 * exactly these two; letters beside each other are alternatives.
 */
public final class TypeReader {
    private final String notation;
    private int at;

    private TypeReader(String notation) {
        this.notation = notation;
    }

    public static Type read(String notation) {
        return new TypeReader(notation).alternatives();
    }

    private Type alternatives() {
        List<Type> types = new ArrayList<>();
        while (at < notation.length() && "],>}:".indexOf(notation.charAt(at)) < 0) {
            types.add(one());
        }
        return Type.oneOf(types);
    }

    private Type one() {
        return switch (notation.charAt(at++)) {
            case 'n' -> new Type.Scalar("number");
            case 's' -> new Type.Scalar("string");
            case 'b' -> new Type.Scalar("boolean");
            case 'z' -> new Type.Scalar("null");
            case 'a' -> new Type.Items(List.of(), Type.any());
            case 'o' -> new Type.Fields(Map.of(), Type.any(), Type.any());
            case 'e' -> new Type.Members(Type.any());
            case '[' -> items();
            case '<' -> {
                Type of = alternatives();
                at++;
                yield new Type.Members(of);
            }
            case '{' -> {
                Type keys = alternatives();
                at++;
                Type values = alternatives();
                at++;
                yield new Type.Fields(Map.of(), keys, values);
            }
            case '*' -> Type.any();
            default -> throw new IllegalArgumentException(notation);
        };
    }

    private Type items() {
        List<Type> items = new ArrayList<>();
        Type next = alternatives();
        while (notation.charAt(at) == ',') {
            items.add(next);
            at++;
            next = alternatives();
        }
        at++;
        return items.isEmpty() ? new Type.Items(List.of(), next) : new Type.Items(items, null);
    }
}
