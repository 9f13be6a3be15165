package io.terrafleet.policy.evaluation;

import io.terrafleet.contracts.event.PolicyDecision.Violation;
import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.SetValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads what a query answered: an array or set, whose entries are texts, or objects with {@code message} (or {@code msg}, as conftest
 * writes) and perhaps {@code address} and {@code verdict}.
 */
final class Answer {
    /** Longer messages are cut. */
    static final int LONGEST_MESSAGE = 1_000;

    private static final int LONGEST_ADDRESS = 1_000;

    private Answer() {}

    static List<Violation> violations(Optional<Value> answer) throws NotAnAnswer {
        List<Value> entries =
                switch (answer.orElse(null)) {
                    case null ->
                        throw new NotAnAnswer(
                                "the query is undefined: no rule of the set has this name, or none applies");
                    case ArrayValue array -> array.list();
                    case SetValue set -> set.list();
                    case Value other ->
                        throw new NotAnAnswer(
                                "the query must give an array or a set, not " + article(other.typeName()));
                };
        List<Violation> violations = new ArrayList<>(entries.size());
        for (Value entry : entries) {
            violations.add(violation(entry));
        }
        return violations;
    }

    private static Violation violation(Value entry) throws NotAnAnswer {
        return switch (entry) {
            case StringValue text -> new Violation(Optional.empty(), cut(text.value(), LONGEST_MESSAGE), "fail");
            case ObjectValue object ->
                new Violation(
                        Optional.ofNullable(Tree.text(object, "address")).map(text -> cut(text, LONGEST_ADDRESS)),
                        cut(message(object), LONGEST_MESSAGE),
                        verdict(object));
            case Value other ->
                throw new NotAnAnswer(
                        "an entry of the answer must be a text or an object, not " + article(other.typeName()));
        };
    }

    private static String message(ObjectValue entry) {
        String message = Tree.text(entry, "message");
        if (message == null) {
            message = Tree.text(entry, "msg");
        }
        return message == null ? entry.toJson() : message;
    }

    private static String verdict(ObjectValue entry) throws NotAnAnswer {
        Value verdict = entry.get("verdict");
        if (verdict == null) {
            return "fail";
        }
        String word = verdict instanceof StringValue text ? text.value() : "";
        if (!word.equals("fail") && !word.equals("undecided")) {
            throw new NotAnAnswer("verdict must be \"fail\" or \"undecided\", not " + cut(verdict.toString(), 60));
        }
        return word;
    }

    private static String cut(String text, int longest) {
        return text.length() <= longest ? text : text.substring(0, longest) + "…";
    }

    private static String article(String type) {
        return (type.equals("object") ? "an " : "a ") + type;
    }

    /** The answer is of no shape that a policy may answer in; the policy counts as errored. */
    static final class NotAnAnswer extends Exception {
        NotAnAnswer(String message) {
            super(message);
        }
    }
}
