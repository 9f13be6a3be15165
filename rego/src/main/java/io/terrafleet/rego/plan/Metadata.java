package io.terrafleet.rego.plan;

import io.terrafleet.rego.problem.Position;
import io.terrafleet.rego.syntax.Annotation;
import io.terrafleet.rego.syntax.Term;
import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What {@code rego.metadata.rule()} and {@code rego.metadata.chain()} say inside one rule. */
record Metadata(Value rule, Value chain) {
    static final Metadata NONE = new Metadata(ObjectValue.EMPTY, ArrayValue.EMPTY);

    /** @param rulePath the rule's path from its package's first name on */
    static Metadata of(List<Annotation> all, List<String> packagePath, List<String> rulePath, Position ruleAt) {
        Value rule = ObjectValue.EMPTY;
        List<Value> chain = new ArrayList<>();
        for (Annotation annotation : all) {
            if (annotation.scope().equals("rule") && annotation.target().equals(ruleAt)) {
                rule = annotation.content();
                chain.add(link(rulePath, annotation));
            }
        }
        if (chain.isEmpty()) {
            chain.add(ObjectValue.of(Map.of(new StringValue("path"), strings(rulePath))));
        }
        all.stream()
                .filter(a -> a.scope().equals("document") && a.path().equals(rulePath))
                .forEach(a -> chain.add(link(rulePath, a)));
        all.stream()
                .filter(a -> a.scope().equals("package") && a.path().equals(packagePath))
                .forEach(a -> chain.add(link(packagePath, a)));
        for (int length = packagePath.size(); length > 0; length--) {
            List<String> prefix = packagePath.subList(0, length);
            all.stream()
                    .filter(a -> a.scope().equals("subpackages") && a.path().equals(prefix))
                    .forEach(a -> chain.add(link(prefix, a)));
        }
        return new Metadata(rule, ArrayValue.of(chain));
    }

    private static Value link(List<String> path, Annotation annotation) {
        return ObjectValue.of(
                Map.of(new StringValue("annotations"), annotation.content(), new StringValue("path"), strings(path)));
    }

    private static Value strings(List<String> path) {
        return ArrayValue.of(path.stream().map(StringValue::new).toList());
    }

    @Nullable
    Term answer(String function, Position at) {
        return switch (function) {
            case "rego.metadata.rule" -> new Term.Scalar(rule, at);
            case "rego.metadata.chain" -> new Term.Scalar(chain, at);
            default -> null;
        };
    }
}
