package io.terrafleet.rego.evaluation;

/** One part of a reference's path. */
public sealed interface Selector {
    /** A key that is known when the reference is evaluated. */
    record Ground(Expr key) implements Selector {}

    /** A key that ranges over what is there. */
    record Free(Pattern key) implements Selector {}
}
