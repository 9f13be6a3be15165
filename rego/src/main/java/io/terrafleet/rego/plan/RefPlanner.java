package io.terrafleet.rego.plan;

import io.terrafleet.rego.evaluation.Documents;
import io.terrafleet.rego.evaluation.Expr;
import io.terrafleet.rego.evaluation.Lookup;
import io.terrafleet.rego.evaluation.Pattern;
import io.terrafleet.rego.evaluation.RuleGroup;
import io.terrafleet.rego.evaluation.RuleNode;
import io.terrafleet.rego.evaluation.Scan;
import io.terrafleet.rego.evaluation.Selector;
import io.terrafleet.rego.problem.RegoException;
import io.terrafleet.rego.syntax.Term;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.util.ArrayList;
import java.util.List;

/** Plans references: into values, into the input, and into the tree where rules and data meet. */
final class RefPlanner {
    private final RuleTree tree;
    private final Slots slots;
    private final TermPlanner terms;
    private final Unifier unifier;

    RefPlanner(RuleTree tree, Slots slots, TermPlanner terms, Unifier unifier) {
        this.tree = tree;
        this.slots = slots;
        this.terms = terms;
        this.unifier = unifier;
    }

    Expr expr(Term.Ref ref, Block block) {
        if (ref.head() instanceof Term.Root root) {
            return root.document() == Term.Document.INPUT
                    ? within(new Documents.Input(), ref.path(), block)
                    : data(ref, block);
        }
        terms.typeCheck().reference(ref);
        return within(terms.expr(ref.head(), block), ref.path(), block);
    }

    private Expr data(Term.Ref ref, Block block) {
        RuleNode node = tree.root();
        int depth = 0;
        while (node.group() == null && depth < ref.path().size()) {
            if (!(ref.path().get(depth) instanceof Term.Scalar(StringValue name, var at))) {
                return tree(node, ref.path().subList(depth, ref.path().size()), block);
            }
            RuleNode child = node.child(name.value());
            if (child == null) {
                return base(ref.path(), block);
            }
            node = child;
            depth++;
        }
        List<Term> rest = ref.path().subList(depth, ref.path().size());
        RuleGroup group = node.group();
        if (group == null) {
            tree.depend(node);
            return new Documents.Extent(node);
        }
        if (group.isFunction()) {
            throw new RegoException("rego_type_error", group.name() + " is a function and must be called", ref.at());
        }
        tree.depend(node);
        if (!rest.isEmpty()) {
            terms.typeCheck().below(group, rest, ref.at());
        }
        return within(new Documents.OfRule(group), rest, block);
    }

    private Expr base(List<Term> path, Block block) {
        List<Value> constant = new ArrayList<>();
        for (Term part : path) {
            if (!(part instanceof Term.Scalar scalar)) {
                break;
            }
            constant.add(scalar.value());
        }
        Expr start = new Documents.Base(List.copyOf(constant));
        return within(start, path.subList(constant.size(), path.size()), block);
    }

    private Expr tree(RuleNode node, List<Term> path, Block block) {
        tree.depend(node);
        List<Unifier.Pair> later = new ArrayList<>();
        List<Selector> selectors = selectors(path, block, later);
        int found = slots.next();
        block.add(new Documents.Tree(node, selectors, new Pattern.Bind(found)));
        unifier.unifyAll(later, block);
        return new Expr.Slot(found);
    }

    private Expr within(Expr base, List<Term> path, Block block) {
        if (path.isEmpty()) {
            return base;
        }
        List<Unifier.Pair> later = new ArrayList<>();
        List<Selector> selectors = selectors(path, block, later);
        List<Expr> keys = new ArrayList<>();
        for (Selector selector : selectors) {
            if (!(selector instanceof Selector.Ground(Expr key))) {
                int found = slots.next();
                block.add(new Scan(base, selectors, new Pattern.Bind(found)));
                unifier.unifyAll(later, block);
                return new Expr.Slot(found);
            }
            keys.add(key);
        }
        return new Lookup(base, List.copyOf(keys));
    }

    private List<Selector> selectors(List<Term> path, Block block, List<Unifier.Pair> later) {
        return path.stream().map(key -> selector(key, block, later)).toList();
    }

    private Selector selector(Term key, Block block, List<Unifier.Pair> later) {
        boolean pattern =
                switch (key) {
                    case Term.Local local -> !block.isBound(local.variable());
                    case Term.ArrayTerm a -> !ready(a, block);
                    case Term.ObjectTerm o -> !ready(o, block);
                    default -> false;
                };
        return pattern
                ? new Selector.Free(unifier.pattern(key, block, later))
                : new Selector.Ground(terms.expr(key, block));
    }

    private boolean ready(Term term, Block block) {
        Block tried = block.fork();
        terms.expr(term, tried);
        return tried.isComplete();
    }
}
