package io.terrafleet.rego.syntax;

import io.terrafleet.rego.problem.Position;

/** A comment, without its leading {@code #}. */
record Comment(String text, Position at) {}
