package io.terrafleet.policy.evaluation;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.terrafleet.contracts.event.PolicySetRef;
import io.terrafleet.contracts.event.PolicySetRef.PolicyRef;
import io.terrafleet.rego.CompiledPolicies;
import io.terrafleet.rego.evaluation.Settings;
import io.terrafleet.rego.problem.RegoException;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.Value;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/** Our own engine with a set's compiled policies. A policy sees its parameters as {@code data.params}. */
public final class RegoEngine implements Engine {
    private static final String COST = "cost";

    private final CompiledPolicies policies;
    private final Settings settings;
    private final Value input;
    private final Value data;
    private final Set<String> readingCost;
    private final boolean allReadCost;
    private final boolean conventional;
    private final Set<String> rules;

    /** @param conventional whether the policies are asked as conftest asks them, so that their {@code exception} rules count */
    public RegoEngine(
            Subject subject, PolicySetRef set, CompiledPolicies policies, Settings settings, boolean conventional) {
        this.policies = policies;
        this.conventional = conventional;
        this.rules = Set.copyOf(policies.rules());
        this.settings = settings;
        this.input = subject.inputFor(set);
        this.data = data(subject, set);
        this.readingCost = policies.packagesReading(COST);
        Set<String> homes = set.policies().stream().map(RegoEngine::home).collect(Collectors.toSet());
        this.allReadCost = !homes.containsAll(readingCost);
    }

    /** Whether anything in these policies looks at what a plan costs. */
    public static boolean readCost(CompiledPolicies policies) {
        return !policies.packagesReading(COST).isEmpty();
    }

    @Override
    public Optional<Value> answer(PolicyRef policy) throws Unanswered {
        return value(policy.query());
    }

    /** As conftest documents it: {@code exception contains ["a"]} exempts {@code deny_a} and {@code violation_a} of its package. */
    @Override
    public Optional<String> exemption(PolicyRef policy) throws Unanswered {
        String rule = home(policy) + ".exception";
        if (!conventional || !rules.contains(rule)) {
            return Optional.empty();
        }
        Optional<Value> exempted = value(rule);
        return exempted.isPresent() && Exemptions.in(exempted.get()).cover(policy.query())
                ? Optional.of("exempted by " + rule)
                : Optional.empty();
    }

    private Optional<Value> value(String reference) throws Unanswered {
        try {
            return policies.query(reference).evaluate(input, data, settings);
        } catch (RegoException e) {
            throw new Unanswered(e.errors().getFirst().toString());
        } catch (StackOverflowError e) {
            throw new Unanswered("the policy nests too deeply");
        }
    }

    /** By package: what a package shares with those of other policies counts for all. */
    @Override
    public boolean readsCost(PolicyRef policy) {
        return allReadCost || readingCost.contains(home(policy));
    }

    private static String home(PolicyRef policy) {
        int last = policy.query().lastIndexOf('.');
        return last < 0 ? policy.query() : policy.query().substring(0, last);
    }

    private static Value data(Subject subject, PolicySetRef set) {
        ObjectNode parameters = JsonNodeFactory.instance.objectNode();
        set.parameters().forEach(parameters::set);
        return ObjectValue.of(Map.of(
                Value.of("params"),
                Value.fromJson(parameters),
                Value.of("terrafleet"),
                ObjectValue.of(Map.of(Value.of("index"), subject.index()))));
    }
}
