package io.terrafleet.rego.plan;

import io.terrafleet.rego.evaluation.Checks;
import io.terrafleet.rego.evaluation.Expr;
import io.terrafleet.rego.evaluation.Pattern;
import io.terrafleet.rego.evaluation.Print;
import io.terrafleet.rego.evaluation.Scan;
import io.terrafleet.rego.evaluation.Selector;
import io.terrafleet.rego.evaluation.Sequence;
import io.terrafleet.rego.evaluation.Step;
import io.terrafleet.rego.evaluation.With;
import io.terrafleet.rego.problem.Position;
import io.terrafleet.rego.syntax.Literal;
import io.terrafleet.rego.syntax.Term;
import java.util.ArrayList;
import java.util.List;

/** Plans single literals. */
final class LiteralPlanner {
    private final TermPlanner terms;
    private final Unifier unifier;
    private final Functions functions;
    private final BodyPlanner bodies;

    LiteralPlanner(RuleTree tree, Slots slots) {
        this.bodies = new BodyPlanner(this, tree.probes());
        this.functions = new Functions(tree);
        this.terms = new TermPlanner(tree, slots, bodies, functions);
        this.unifier = terms.unifier();
    }

    TermPlanner terms() {
        return terms;
    }

    BodyPlanner bodies() {
        return bodies;
    }

    void plan(Literal literal, Block block) {
        if (literal.modifiers().isEmpty()) {
            unmodified(literal, block);
            return;
        }
        List<With.Change> changes = new ArrayList<>();
        for (Literal.With with : literal.modifiers()) {
            changes.add(functions.change(with, terms, block));
        }
        Block under = block.under();
        unmodified(literal, under);
        block.add(new With(changes, new Sequence(under.steps())));
    }

    private void unmodified(Literal literal, Block block) {
        if (literal.negated()) {
            Block inside = block.negation();
            expression(literal.expression(), inside);
            block.add(new Checks.Not(new Sequence(inside.steps())));
        } else {
            expression(literal.expression(), block);
        }
    }

    private void expression(Literal.Expression expression, Block block) {
        switch (expression) {
            case Literal.Check(Term term) -> check(term, block);
            case Literal.Unify(Term left, Term right) -> {
                terms.typeCheck().match(left, right, left.at());
                unifier.unify(left, right, block);
            }
            case Literal.Assign(Term target, Term value) -> {
                terms.typeCheck().assigned(target, value);
                unifier.unify(target, value, block);
            }
            case Literal.SomeNames some -> {}
            case Literal.SomeIn(Term key, Term value, Term domain) -> {
                Expr over = terms.expr(domain, block);
                List<Unifier.Pair> later = new ArrayList<>();
                Pattern keys = key == null ? new Pattern.Any() : unifier.pattern(key, block, later);
                Pattern values = unifier.pattern(value, block, later);
                block.add(new Scan(over, List.of(new Selector.Free(keys)), values));
                unifier.unifyAll(later, block);
            }
            case Literal.Every every -> every(every, block);
        }
    }

    private void every(Literal.Every every, Block block) {
        Expr domain = terms.expr(every.domain(), block);
        Block inside = block.closure();
        List<Unifier.Pair> later = new ArrayList<>();
        Pattern key = every.key() == null ? new Pattern.Any() : unifier.pattern(every.key(), inside, later);
        Pattern value = unifier.pattern(every.value(), inside, later);
        bodies.plan(every.body(), inside);
        block.add(new Checks.Every(domain, key, value, new Sequence(inside.steps())));
    }

    private void check(Term term, Block block) {
        if (term instanceof Term.Call(Term operator, List<Term> arguments, Position at)) {
            if (operator instanceof Term.Builtin(String name, Position p) && name.equals("print")) {
                block.add(new Print(terms.text((Term.Template) arguments.getFirst(), " ", block)));
                return;
            }
            if (operator instanceof Term.Builtin(String name, Position p)
                    && name.equals("equal")
                    && arguments.size() == 2) {
                terms.typeCheck().match(arguments.getFirst(), arguments.getLast(), at);
            }
            if (arguments.size() == functions.arity(operator, arguments.size(), at) + 1) {
                Term call = new Term.Call(operator, arguments.subList(0, arguments.size() - 1), at);
                unifier.unify(arguments.getLast(), call, block);
                return;
            }
        }
        Expr expression = terms.expr(term, block);
        Step last =
                expression.constant() != null && expression.constant().equals(io.terrafleet.rego.value.BoolValue.TRUE)
                        ? null
                        : new Checks.Holds(expression);
        if (last != null) {
            block.add(last);
        }
    }
}
