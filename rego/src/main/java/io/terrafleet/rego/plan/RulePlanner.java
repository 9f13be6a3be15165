package io.terrafleet.rego.plan;

import io.terrafleet.rego.evaluation.Expr;
import io.terrafleet.rego.evaluation.Observer;
import io.terrafleet.rego.evaluation.Pattern;
import io.terrafleet.rego.evaluation.PlannedRule;
import io.terrafleet.rego.evaluation.RuleGroup;
import io.terrafleet.rego.evaluation.Sequence;
import io.terrafleet.rego.problem.RegoException;
import io.terrafleet.rego.syntax.Annotation;
import io.terrafleet.rego.syntax.Body;
import io.terrafleet.rego.syntax.Literal;
import io.terrafleet.rego.syntax.Rule;
import io.terrafleet.rego.syntax.Term;
import io.terrafleet.rego.value.StringValue;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plans the rules of groups. */
final class RulePlanner {
    private final RuleTree tree;
    private final Problems problems;
    private final List<Annotation> annotations;
    private final Map<io.terrafleet.rego.syntax.Module, GlobalNames> globals = new HashMap<>();

    RulePlanner(RuleTree tree, Problems problems, List<Annotation> annotations) {
        this.tree = tree;
        this.problems = problems;
        this.annotations = annotations;
    }

    void plan(RuleGroup group, List<RuleTree.Source> sources) {
        tree.planning(group);
        List<PlannedRule> rules = new ArrayList<>();
        PlannedRule fallback = null;
        for (RuleTree.Source source : sources) {
            PlannedRule planned = chain(source, source.rule());
            if (source.rule().isDefault()) {
                fallback = planned;
            } else if (planned != null) {
                rules.add(planned);
            }
        }
        group.define(rules, fallback, tree.probes().indexed());
    }

    private @Nullable PlannedRule chain(RuleTree.Source source, Rule clause) {
        Rule next = clause.otherwise();
        PlannedRule otherwise = next == null ? null : chain(source, next);
        try {
            return clause(source, clause, otherwise);
        } catch (RegoException e) {
            problems.addAll(e);
            return null;
        }
    }

    private PlannedRule clause(RuleTree.Source source, Rule clause, @Nullable PlannedRule otherwise) {
        Slots slots = new Slots();
        Resolver resolver = new Resolver(names(source), metadata(source));
        LexicalScope arguments = LexicalScope.root(slots);
        List<Term> given =
                source.rule().arguments() == null ? List.of() : source.rule().arguments();
        for (Term argument : given) {
            FreeNames.ofPattern(argument).stream()
                    .filter(name -> !name.equals("_"))
                    .forEach(arguments::declare);
        }
        LexicalScope scope = arguments.inner();
        Term contributed = clause.member() == null ? clause.value() : clause.member();
        List<Term> head = new ArrayList<>(source.keys());
        head.add(contributed);
        head.addAll(given);
        Body body = resolver.body(clause.body(), head, scope);

        LiteralPlanner planner = new LiteralPlanner(tree, slots);
        Block block = Block.root();
        List<Unifier.Pair> later = new ArrayList<>();
        List<Pattern> patterns = given.stream()
                .map(argument -> planner.terms().unifier().pattern(resolver.term(argument, scope), block, later))
                .toList();
        String name = "data." + String.join(".", source.module().path()) + "." + nameOf(source.rule());
        tree.probes().add(block, Observer.Event.ENTER, name, clause.at());
        planner.bodies().plan(joined(body, later), block);
        List<Expr> keys = source.keys().stream()
                .map(key -> planner.terms().expr(resolver.term(key, scope), block))
                .toList();
        Expr value = planner.terms().expr(resolver.term(contributed, scope), block);
        tree.probes().add(block, Observer.Event.EXIT, name, clause.at());
        Unsafe.check(block);
        Sequence steps = new Sequence(block.steps());
        return new PlannedRule(
                slots.count(), patterns, keys, clause.member() != null, value, steps, otherwise, clause.at());
    }

    private static String nameOf(Rule rule) {
        return rule.path().getFirst() instanceof Term.Scalar(StringValue name, var at) ? name.value() : "";
    }

    /** What an argument's pattern leaves to compare joins the body. */
    private static Body joined(Body body, List<Unifier.Pair> later) {
        List<Literal> literals = new ArrayList<>();
        for (Unifier.Pair pair : later) {
            Literal.Expression unify = new Literal.Unify(pair.left(), pair.right());
            literals.add(new Literal(unify, false, List.of(), pair.right().at()));
        }
        literals.addAll(body.literals());
        return new Body(literals);
    }

    private GlobalNames names(RuleTree.Source source) {
        return globals.computeIfAbsent(source.module(), module -> new GlobalNames(module, tree.namesIn(module.path())));
    }

    private Metadata metadata(RuleTree.Source source) {
        List<String> path = new ArrayList<>(source.module().path());
        for (Term part : source.rule().path()) {
            if (!(part instanceof Term.Scalar(StringValue name, var at))) {
                break;
            }
            path.add(name.value());
        }
        return Metadata.of(
                annotations, source.module().path(), path, source.rule().at());
    }
}
