package io.terrafleet.rego.syntax;

import io.terrafleet.rego.problem.Position;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A rule as written.
 *
 * @param path the head's name and further reference parts; the first is a string
 * @param arguments null unless the rule is a function
 * @param member what a {@code contains} rule contributes, otherwise null
 * @param value what the rule is when its body holds; true when nothing was written
 * @param otherwise the {@code else} branch: only its value and body count
 */
public record Rule(
        List<Term> path,
        @Nullable List<Term> arguments,
        @Nullable Term member,
        Term value,
        Body body,
        @Nullable Rule otherwise,
        boolean isDefault,
        Position at) {
    public Rule {
        path = List.copyOf(path);
        arguments = arguments == null ? null : List.copyOf(arguments);
    }
}
