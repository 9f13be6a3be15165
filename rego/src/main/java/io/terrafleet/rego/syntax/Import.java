package io.terrafleet.rego.syntax;

import io.terrafleet.rego.problem.Position;
import java.util.List;

/** {@code import a.b.c as name}; the first part of the path is {@code data}, {@code input}, {@code rego} or {@code future}. */
public record Import(List<String> path, String name, Position at) {
    public Import {
        path = List.copyOf(path);
    }
}
