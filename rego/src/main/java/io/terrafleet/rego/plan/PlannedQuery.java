package io.terrafleet.rego.plan;

import io.terrafleet.rego.evaluation.Sequence;
import io.terrafleet.rego.syntax.Body;
import io.terrafleet.rego.syntax.Literal;
import io.terrafleet.rego.syntax.ModuleParser;
import io.terrafleet.rego.syntax.Term;
import io.terrafleet.rego.syntax.Variable;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A query ready to run.
 *
 * @param variables the slots of the variables it binds
 * @param term whether it is a single term, whose value is then under {@link #VALUE}
 */
public record PlannedQuery(Sequence body, int slots, Map<String, Integer> variables, boolean term) {
    /** The name under which a single term's value is bound. */
    public static final String VALUE = "__value__";

    static PlannedQuery of(String text, RuleTree tree) {
        Body parsed = ModuleParser.query(text);
        boolean term = parsed.literals().size() == 1
                && parsed.literals().getFirst().expression() instanceof Literal.Check
                && !parsed.literals().getFirst().negated();
        Body body = term ? valued(parsed.literals().getFirst()) : parsed;
        tree.planning(null);
        Slots slots = new Slots();
        LexicalScope scope = LexicalScope.root(slots);
        Body resolved = new Resolver(new GlobalNames(), Metadata.NONE).body(body, List.of(), scope);
        LiteralPlanner planner = new LiteralPlanner(tree, slots);
        Block block = Block.root();
        planner.bodies().plan(resolved, block);
        Unsafe.check(block);
        Map<String, Integer> variables = new LinkedHashMap<>();
        scope.own().forEach((String name, Variable variable) -> variables.put(name, variable.slot()));
        return new PlannedQuery(new Sequence(block.steps()), slots.count(), variables, term);
    }

    private static Body valued(Literal single) {
        Term term = ((Literal.Check) single.expression()).term();
        Literal.Expression bind = new Literal.Assign(new Term.Var(VALUE, single.at()), term);
        return new Body(List.of(new Literal(bind, false, single.modifiers(), single.at())));
    }
}
