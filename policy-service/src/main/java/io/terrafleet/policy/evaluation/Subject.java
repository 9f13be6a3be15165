package io.terrafleet.policy.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrafleet.contracts.event.PolicySetRef;
import io.terrafleet.contracts.event.RunDocument;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.Value;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What is judged: a plan and its run, made ready once for all policies.
 *
 * @param input the document {@code input}: {@code plan}, {@code run}, {@code state} (a summary of what the plan starts from) and {@code
 *     cost} (see {@link Cost}); beside them the plan's own members, so that policies written for conftest, to which the plan itself is
 *     the input, find what they look for
 * @param index see {@link PlanIndex}
 * @param cost what it costs, as far as that is known
 * @param incomplete a sentence that says why the plan does not show all that an apply would do; empty when it does
 */
public record Subject(ObjectValue input, ObjectValue index, Cost cost, Optional<String> incomplete) {

    /** @param plan what {@code terraform show -json} printed, see {@link PlanReader} */
    public static Subject of(Value plan, RunDocument run) {
        return of(plan, run, Cost.unknown("the plan is judged without a cost estimate"));
    }

    /** @param plan what {@code terraform show -json} printed, see {@link PlanReader} */
    public static Subject of(Value plan, RunDocument run, Cost cost) {
        Map<Value, Value> input = new HashMap<>();
        if (plan instanceof ObjectValue members) {
            for (int i = 0; i < members.size(); i++) {
                input.put(members.keyAt(i), members.valueAt(i));
            }
        }
        input.put(Value.of("plan"), plan);
        input.put(Value.of("run"), RunInput.of(run));
        input.put(Value.of("cost"), cost.document());
        cost.unknown().ifPresent(why -> input.put(Value.of("cost_reason"), Value.of(why)));
        input.put(Value.of("state"), StateSummary.of(plan));
        return new Subject(ObjectValue.of(input), PlanIndex.of(plan), cost, incomplete(plan, run));
    }

    /** The document with the set's parameters as {@code params}, where engines find them that have no {@code data} of ours. */
    public ObjectValue inputFor(PolicySetRef set) {
        Map<Value, Value> members = new HashMap<>();
        for (int i = 0; i < input.size(); i++) {
            members.put(input.keyAt(i), input.valueAt(i));
        }
        ObjectNode parameters = JsonNodeFactory.instance.objectNode();
        set.parameters().forEach(parameters::set);
        members.put(Value.of("params"), Value.fromJson(parameters));
        return ObjectValue.of(members);
    }

    private static Optional<String> incomplete(Value plan, RunDocument run) {
        if (Value.of(true).equals(Tree.at(plan, "errored"))) {
            return Optional.of("the plan is incomplete: planning failed half way");
        }
        if (!run.targetAddrs().isEmpty()) {
            return Optional.of("the plan is incomplete: it was targeted at "
                    + String.join(", ", run.targetAddrs().stream().limit(5).toList())
                    + (run.targetAddrs().size() > 5 ? " and others" : ""));
        }
        List<Value> deferred = Tree.list(plan, "deferred_changes");
        if (!deferred.isEmpty()) {
            return Optional.of("the plan is incomplete: " + deferred.size() + " change"
                    + (deferred.size() == 1 ? " is" : "s are") + " deferred to a later plan");
        }
        return Value.of(false).equals(Tree.at(plan, "complete"))
                ? Optional.of("the plan is incomplete: terraform says that more remains to be planned after this apply")
                : Optional.empty();
    }
}
