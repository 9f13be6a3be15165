package io.terrafleet.policy.evaluation;

import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.SetValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a rule {@code exception} names: endings of rules, {@code a} for {@code deny_a}; the empty text for {@code deny} and {@code violation}
 * themselves (https://www.conftest.dev/exceptions). What only warns is not exempted.
 */
record Exemptions(Set<String> endings) {
    private static final Pattern RULE = Pattern.compile("\\.(?:deny|violation)(?:_([A-Za-z0-9_]+))?$");

    Exemptions {
        endings = Set.copyOf(endings);
    }

    /** @param answer a set or array of sets or arrays of texts; what is neither exempts nothing */
    static Exemptions in(Value answer) {
        Set<String> endings = new HashSet<>();
        for (Value solution : items(answer)) {
            for (Value ending : items(solution)) {
                if (ending instanceof StringValue text) {
                    endings.add(text.value());
                }
            }
        }
        return new Exemptions(endings);
    }

    private static List<Value> items(Value value) {
        return switch (value) {
            case ArrayValue array -> array.list();
            case SetValue set -> set.list();
            default -> List.of();
        };
    }

    boolean cover(String query) {
        Matcher rule = RULE.matcher(query);
        return rule.find() && endings.contains(rule.group(1) == null ? "" : rule.group(1));
    }
}
