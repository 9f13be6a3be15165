package io.terrafleet.rego.syntax;

import java.util.List;

/** Literals that must all hold. */
public record Body(List<Literal> literals) {
    public static final Body EMPTY = new Body(List.of());

    public Body {
        literals = List.copyOf(literals);
    }
}
