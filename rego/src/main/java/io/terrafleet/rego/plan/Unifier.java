package io.terrafleet.rego.plan;

import io.terrafleet.rego.evaluation.Checks;
import io.terrafleet.rego.evaluation.Expr;
import io.terrafleet.rego.evaluation.Pattern;
import io.terrafleet.rego.evaluation.Walk;
import io.terrafleet.rego.syntax.Term;
import io.terrafleet.rego.syntax.Variable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Plans {@code left = right} so that at run time one side is always a value and the other a pattern. */
final class Unifier {
    private final TermPlanner terms;
    private final Slots slots;

    Unifier(TermPlanner terms, Slots slots) {
        this.terms = terms;
        this.slots = slots;
    }

    /** Two terms that must be equal. */
    record Pair(Term left, Term right) {}

    void unify(Term left, Term right, Block block) {
        unifyAll(List.of(new Pair(left, right)), block);
    }

    /** Plans pairs in whatever order makes each possible; what stays impossible is missed by the block. */
    void unifyAll(List<Pair> pairs, Block block) {
        Deque<Pair> waiting = new ArrayDeque<>();
        for (Pair pair : pairs) {
            if (!split(pair, waiting)) {
                block.add(new Checks.Never());
            }
        }
        boolean progress = true;
        while (!waiting.isEmpty() && progress) {
            progress = false;
            for (Iterator<Pair> each = waiting.iterator(); each.hasNext(); ) {
                Pair pair = each.next();
                if (attempt(pair.left, pair.right, block) || attempt(pair.right, pair.left, block)) {
                    each.remove();
                    progress = true;
                }
            }
        }
        for (Pair pair : waiting) {
            terms.expr(pair.left, block);
            terms.expr(pair.right, block);
        }
    }

    /** Takes arrays and objects apart; false when the two can never be equal. */
    private static boolean split(Pair pair, Deque<Pair> into) {
        if (pair.left instanceof Term.ArrayTerm a && pair.right instanceof Term.ArrayTerm b) {
            boolean possible = a.items().size() == b.items().size();
            for (int i = 0; possible && i < a.items().size(); i++) {
                possible = split(new Pair(a.items().get(i), b.items().get(i)), into);
            }
            return possible;
        }
        if (pair.left instanceof Term.ObjectTerm a && pair.right instanceof Term.ObjectTerm b) {
            Map<Object, Term> left = constantKeys(a);
            Map<Object, Term> right = constantKeys(b);
            if (left != null && right != null) {
                boolean possible = left.keySet().equals(right.keySet());
                for (Map.Entry<Object, Term> entry : left.entrySet()) {
                    Term other = right.get(entry.getKey());
                    possible = possible && other != null && split(new Pair(entry.getValue(), other), into);
                }
                return possible;
            }
        }
        into.add(pair);
        return true;
    }

    private static @Nullable Map<Object, Term> constantKeys(Term.ObjectTerm object) {
        Map<Object, Term> entries = new HashMap<>();
        for (Term.Entry entry : object.entries()) {
            if (!(entry.key() instanceof Term.Scalar key)) {
                return null;
            }
            entries.put(key.value(), entry.value());
        }
        return entries;
    }

    /** Matches the value of one term against the pattern of the other; false, and nothing done, when not yet possible. */
    private boolean attempt(Term value, Term target, Block block) {
        Block tried = block.fork();
        List<Pair> later = new ArrayList<>();
        if (value instanceof Term.Call call && TermPlanner.isWalk(call)) {
            Expr subject = terms.expr(call.arguments().getFirst(), tried);
            Pattern pattern = pattern(target, tried, later);
            boolean paths = !(pattern instanceof Pattern.Items(List<Pattern> items)
                    && items.size() == 2
                    && items.getFirst() instanceof Pattern.Any);
            tried.add(new Walk(subject, pattern, paths));
        } else {
            Expr expression = terms.expr(value, tried);
            if (!tried.isComplete()) {
                return false;
            }
            match(expression, target, tried, later);
        }
        if (tried.isComplete() && !later.isEmpty()) {
            unifyAll(later, tried);
        }
        if (!tried.isComplete()) {
            return false;
        }
        block.adopt(tried);
        return true;
    }

    private void match(Expr expression, Term target, Block block, List<Pair> later) {
        Pattern pattern =
                isPattern(target) ? pattern(target, block, later) : new Pattern.Equal(terms.expr(target, block));
        block.add(new Checks.Match(expression, pattern));
    }

    private static boolean isPattern(Term term) {
        return term instanceof Term.Local
                || term instanceof Term.Scalar
                || term instanceof Term.ArrayTerm
                || term instanceof Term.ObjectTerm;
    }

    /** A pattern that binds what is not bound; parts that must be worked out afterwards are added to {@code later}. */
    Pattern pattern(Term term, Block block, List<Pair> later) {
        return switch (term) {
            case Term.Local local -> variable(local, block);
            case Term.Scalar scalar -> new Pattern.Equal(new Expr.Constant(scalar.value()));
            case Term.ArrayTerm array ->
                new Pattern.Items(array.items().stream()
                        .map(item -> pattern(item, block, later))
                        .toList());
            case Term.ObjectTerm object -> {
                List<Expr> keys = object.entries().stream()
                        .map(entry -> terms.expr(entry.key(), block))
                        .toList();
                List<Pattern> values = object.entries().stream()
                        .map(entry -> pattern(entry.value(), block, later))
                        .toList();
                yield new Pattern.Entries(keys, values);
            }
            default -> {
                Variable part = new Variable("part", slots.next(), Integer.MAX_VALUE);
                block.bind(part);
                later.add(new Pair(new Term.Local(part, term.at()), term));
                yield new Pattern.Bind(part.slot());
            }
        };
    }

    private static Pattern variable(Term.Local local, Block block) {
        Variable variable = local.variable();
        if (block.isBound(variable)) {
            return new Pattern.Equal(new Expr.Slot(variable.slot()));
        }
        if (!block.canBind(variable)) {
            block.miss(local);
            return new Pattern.Any();
        }
        if (variable.isWildcard()) {
            return new Pattern.Any();
        }
        block.bind(variable);
        return new Pattern.Bind(variable.slot());
    }
}
