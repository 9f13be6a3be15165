package io.terrafleet.rego.plan;

import io.terrafleet.rego.evaluation.Step;
import io.terrafleet.rego.syntax.Term;
import io.terrafleet.rego.syntax.Variable;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** A body under construction: the steps so far, the variables they bind, and those that were needed but not bound. */
final class Block {
    private final List<Step> steps;
    private final BitSet bound;
    private final Map<Variable, Term.Local> missing;
    private final int depth;
    private final int bindable;

    private Block(List<Step> steps, BitSet bound, Map<Variable, Term.Local> missing, int depth, int bindable) {
        this.steps = steps;
        this.bound = bound;
        this.missing = missing;
        this.depth = depth;
        this.bindable = bindable;
    }

    static Block root() {
        return new Block(new ArrayList<>(), new BitSet(), new LinkedHashMap<>(), 0, 0);
    }

    /** A copy to try something on; {@link #adopt} makes it count. */
    Block fork() {
        return new Block(new ArrayList<>(), (BitSet) bound.clone(), new LinkedHashMap<>(), depth, bindable);
    }

    void adopt(Block tried) {
        steps.addAll(tried.steps);
        bound.or(tried.bound);
        missing.putAll(tried.missing);
    }

    /** A nested body with variables of its own. What it misses, this block misses. */
    Block closure() {
        return new Block(new ArrayList<>(), (BitSet) bound.clone(), missing, depth + 1, depth + 1);
    }

    /** A negated literal: it binds nothing. */
    Block negation() {
        return new Block(new ArrayList<>(), (BitSet) bound.clone(), missing, depth, depth + 1);
    }

    /** A literal under {@code with}: other steps, same variables. */
    Block under() {
        return new Block(new ArrayList<>(), bound, missing, depth, bindable);
    }

    List<Step> steps() {
        return steps;
    }

    void add(Step step) {
        steps.add(step);
    }

    boolean isBound(Variable variable) {
        return bound.get(variable.slot());
    }

    /** Whether this body may bind the variable; otherwise it is bound already, or it is unsafe here. */
    boolean canBind(Variable variable) {
        return !isBound(variable) && variable.depth() >= bindable;
    }

    void bind(Variable variable) {
        bound.set(variable.slot());
    }

    void miss(Term.Local use) {
        missing.putIfAbsent(use.variable(), use);
    }

    Map<Variable, Term.Local> missing() {
        return missing;
    }

    boolean isComplete() {
        return missing.isEmpty();
    }
}
