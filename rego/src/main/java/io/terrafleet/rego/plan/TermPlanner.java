package io.terrafleet.rego.plan;

import io.terrafleet.rego.evaluation.Composites;
import io.terrafleet.rego.evaluation.Documents;
import io.terrafleet.rego.evaluation.Expr;
import io.terrafleet.rego.evaluation.Invocation;
import io.terrafleet.rego.evaluation.Pattern;
import io.terrafleet.rego.evaluation.Sequence;
import io.terrafleet.rego.evaluation.Walk;
import io.terrafleet.rego.problem.Position;
import io.terrafleet.rego.syntax.Body;
import io.terrafleet.rego.syntax.Term;
import io.terrafleet.rego.value.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/** Plans terms: each becomes an expression, and what has many values is ranged over in steps before it. */
final class TermPlanner {
    private static final Value[] NO_FRAME = {};

    private final Slots slots;
    private final BodyPlanner bodies;
    private final Functions functions;
    private final TypeCheck typeCheck;
    private final Unifier unifier;
    private final RefPlanner refs;

    TermPlanner(RuleTree tree, Slots slots, BodyPlanner bodies, Functions functions) {
        this.slots = slots;
        this.typeCheck = new TypeCheck(tree);
        this.bodies = bodies;
        this.functions = functions;
        this.unifier = new Unifier(this, slots);
        this.refs = new RefPlanner(tree, slots, this, unifier);
    }

    TypeCheck typeCheck() {
        return typeCheck;
    }

    Unifier unifier() {
        return unifier;
    }

    Expr expr(Term term, Block block) {
        return switch (term) {
            case Term.Scalar scalar -> new Expr.Constant(scalar.value());
            case Term.Local local -> variable(local, block);
            case Term.Root root ->
                root.document() == Term.Document.INPUT
                        ? new Documents.Input()
                        : refs.expr(new Term.Ref(root, List.of(), root.at()), block);
            case Term.Ref ref -> refs.expr(ref, block);
            case Term.Call call -> call(call, block);
            case Term.ArrayTerm array -> folded(new Composites.Items(all(array.items(), block)), array.items());
            case Term.SetTerm set -> folded(new Composites.Members(all(set.members(), block)), set.members());
            case Term.ObjectTerm object -> object(object, block);
            case Term.ArrayComprehension(Term item, Body body, Position at) -> {
                Block inside = planned(body, block);
                Expr head = expr(item, inside);
                yield new Composites.ArrayComprehension(head, new Sequence(inside.steps()));
            }
            case Term.SetComprehension(Term member, Body body, Position at) -> {
                Block inside = planned(body, block);
                Expr head = expr(member, inside);
                yield new Composites.SetComprehension(head, new Sequence(inside.steps()));
            }
            case Term.ObjectComprehension(Term key, Term value, Body body, Position at) -> {
                Block inside = planned(body, block);
                Expr name = expr(key, inside);
                Expr content = expr(value, inside);
                yield new Composites.ObjectComprehension(name, content, new Sequence(inside.steps()), at);
            }
            case Term.Template template -> text(template, "", block);
            case Term.Builtin builtin -> throw Functions.misplaced(builtin.name(), builtin.at());
            case Term.Var var -> throw new IllegalStateException("unresolved name " + var.name());
        };
    }

    private Block planned(Body body, Block block) {
        Block inside = block.closure();
        bodies.plan(body, inside);
        return inside;
    }

    private static Expr variable(Term.Local local, Block block) {
        if (!block.isBound(local.variable())) {
            block.miss(local);
        }
        return new Expr.Slot(local.variable().slot());
    }

    /** Plain variables come last: a reference beside them may bind them. */
    List<Expr> all(List<Term> terms, Block block) {
        Expr[] planned = new Expr[terms.size()];
        for (int i = 0; i < planned.length; i++) {
            if (!(terms.get(i) instanceof Term.Local)) {
                planned[i] = expr(terms.get(i), block);
            }
        }
        for (int i = 0; i < planned.length; i++) {
            if (terms.get(i) instanceof Term.Local local) {
                planned[i] = variable(local, block);
            }
        }
        return List.of(planned);
    }

    private Expr object(Term.ObjectTerm object, Block block) {
        List<Term> parts = new ArrayList<>();
        object.entries().forEach(entry -> parts.add(entry.key()));
        object.entries().forEach(entry -> parts.add(entry.value()));
        List<Expr> planned = all(parts, block);
        int size = object.entries().size();
        List<Expr> keys = List.copyOf(planned.subList(0, size));
        List<Expr> values = List.copyOf(planned.subList(size, 2 * size));
        return folded(new Composites.Entries(keys, values, object.at()), parts);
    }

    /** A composite of constants is a constant. */
    private Expr folded(Expr composite, List<Term> parts) {
        return parts.stream().allMatch(TermPlanner::isConstant)
                ? new Expr.Constant(Objects.requireNonNull(composite.eval(Unstarted.MACHINE, NO_FRAME)))
                : composite;
    }

    private static boolean isConstant(Term term) {
        return switch (term) {
            case Term.Scalar s -> true;
            case Term.ArrayTerm a -> a.items().stream().allMatch(TermPlanner::isConstant);
            case Term.SetTerm s -> s.members().stream().allMatch(TermPlanner::isConstant);
            case Term.ObjectTerm o -> o.entries().stream().allMatch(e -> isConstant(e.key()) && isConstant(e.value()));
            default -> false;
        };
    }

    static boolean isWalk(Term.Call call) {
        return call.operator() instanceof Term.Builtin(String name, Position at)
                && name.equals("walk")
                && call.arguments().size() == 1;
    }

    private Expr call(Term.Call call, Block block) {
        functions.checkArity(call);
        typeCheck.call(call);
        if (isWalk(call)) {
            Expr subject = expr(call.arguments().getFirst(), block);
            int found = slots.next();
            block.add(new Walk(subject, new Pattern.Bind(found), true));
            return new Expr.Slot(found);
        }
        return new Invocation(functions.callable(call.operator()), all(call.arguments(), block), call.at());
    }

    Expr text(Term.Template template, String separator, Block block) {
        List<Expr> parts =
                template.parts().stream().map(part -> part(part, block)).toList();
        return new Composites.Text(parts, separator);
    }

    private Expr part(Term.Part part, Block block) {
        Block inside = planned(part.body(), block);
        Expr term = expr(part.term(), inside);
        return new Composites.First(term, new Sequence(inside.steps()));
    }
}
