package io.terrafleet.rego;

import io.terrafleet.rego.evaluation.Settings;
import io.terrafleet.rego.problem.RegoException;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.Value;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** A policy in package {@code t} and the questions tests ask it. */
record Policy(CompiledPolicies compiled) {
    static Policy of(String rules) {
        return new Policy(RegoCompiler.compile(List.of(RegoModule.parse("t.rego", "package t\n" + rules))));
    }

    /** The error that the rules are refused with; positions count the package line. */
    static RegoException refused(String rules) {
        try {
            of(rules);
        } catch (RegoException e) {
            return e;
        }
        throw new AssertionError("accepted:\n" + rules);
    }

    /** The rule's value in Rego notation, {@code undefined} when it has none. */
    String value(String rule) {
        return value(rule, null);
    }

    String value(String rule, @Nullable String input) {
        return value(rule, input, Settings.DEFAULT);
    }

    String value(String rule, @Nullable String input, Settings settings) {
        Value document = input == null ? null : Value.fromJson(input);
        return compiled.query("data.t." + rule)
                .evaluate(document, ObjectValue.EMPTY, settings)
                .map(Value::toString)
                .orElse("undefined");
    }

    List<Map<String, Value>> bindings(String query) {
        return compiled.query(query).bindings(null, ObjectValue.EMPTY, Settings.DEFAULT);
    }

    /** The value of an expression. */
    static String expression(String expression) {
        return of("x := " + expression).value("x");
    }
}
