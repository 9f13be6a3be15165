package io.terrafleet.rego.plan;

import io.terrafleet.rego.builtin.BuiltinFunction;
import io.terrafleet.rego.builtin.Builtins;
import io.terrafleet.rego.evaluation.Callable;
import io.terrafleet.rego.evaluation.RuleGroup;
import io.terrafleet.rego.evaluation.RuleNode;
import io.terrafleet.rego.evaluation.With;
import io.terrafleet.rego.problem.Position;
import io.terrafleet.rego.problem.RegoException;
import io.terrafleet.rego.syntax.Literal;
import io.terrafleet.rego.syntax.Term;
import io.terrafleet.rego.value.StringValue;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds functions and checks how they are called and replaced. */
final class Functions {
    private final RuleTree tree;

    Functions(RuleTree tree) {
        this.tree = tree;
    }

    static RegoException misplaced(String name, Position at) {
        return new RegoException("rego_type_error", "function " + name + " must be called", at);
    }

    Callable callable(Term operator) {
        if (operator instanceof Term.Builtin(String name, Position at)) {
            BuiltinFunction function = Builtins.find(name);
            if (function == null) {
                throw undefined(name, at);
            }
            return new Callable.Builtin(function);
        }
        RuleGroup group = group(operator);
        if (group == null || !group.isFunction()) {
            throw undefined(described(operator), operator.at());
        }
        return new Callable.Rules(group, group.name());
    }

    private static RegoException undefined(String name, Position at) {
        return new RegoException("rego_type_error", "undefined function " + name, at);
    }

    private static String described(Term operator) {
        return "data." + String.join(".", path(operator));
    }

    private static List<String> path(Term term) {
        List<String> path = new ArrayList<>();
        if (term instanceof Term.Ref ref) {
            for (Term part : ref.path()) {
                if (!(part instanceof Term.Scalar(StringValue name, Position at))) {
                    break;
                }
                path.add(name.value());
            }
        }
        return path;
    }

    private @Nullable RuleGroup group(Term operator) {
        boolean data = operator instanceof Term.Ref ref
                && ref.head() instanceof Term.Root root
                && root.document() == Term.Document.DATA
                && ref.path().size() == path(ref).size();
        RuleNode node = data ? tree.find(path(operator)) : null;
        if (node != null) {
            tree.depend(node);
        }
        return node == null ? null : node.group();
    }

    /** The operator's arity; {@code given} when it takes any number. */
    int arity(Term operator, int given, Position at) {
        int arity =
                switch (callable(operator)) {
                    case Callable.Builtin(BuiltinFunction function) -> function.arity();
                    case Callable.Rules(RuleGroup group, String name) -> group.arity();
                };
        return arity < 0 ? given : arity;
    }

    void checkArity(Term.Call call) {
        int given = call.arguments().size();
        int arity = arity(call.operator(), given, call.at());
        if (given != arity) {
            throw new RegoException(
                    "rego_type_error",
                    "function " + callable(call.operator()).name() + " takes " + arity + " arguments, not " + given,
                    call.at());
        }
    }

    /** Plans one {@code with} modifier. */
    With.Change change(Literal.With with, TermPlanner terms, Block block) {
        Term target = with.target();
        if (target instanceof Term.Builtin(String name, Position at)) {
            return function(name, with.value(), terms, block);
        }
        RuleGroup replaced = group(target);
        if (replaced != null && replaced.isFunction()) {
            return function(replaced.name(), with.value(), terms, block);
        }
        Term.Root root = root(target);
        List<String> path = path(target);
        if (root == null || (target instanceof Term.Ref ref && ref.path().size() != path.size())) {
            throw new RegoException(
                    "rego_type_error", "with keyword target must be a ground path below input or data", with.at());
        }
        if (root.document() == Term.Document.INPUT) {
            return new With.ChangedInput(path, terms.expr(with.value(), block));
        }
        for (int length = 1; length < path.size(); length++) {
            RuleNode above = tree.find(path.subList(0, length));
            if (above != null && above.group() != null) {
                throw new RegoException(
                        "rego_type_error", "with keyword cannot partially replace virtual document(s)", with.at());
            }
        }
        return new With.ChangedData(path, terms.expr(with.value(), block));
    }

    private static Term.@Nullable Root root(Term target) {
        Term head = target instanceof Term.Ref ref ? ref.head() : target;
        return head instanceof Term.Root root ? root : null;
    }

    private With.Change function(String name, Term value, TermPlanner terms, Block block) {
        if (value instanceof Term.Builtin) {
            return new With.ChangedFunction(name, callable(value));
        }
        RuleGroup group = group(value);
        return group != null && group.isFunction()
                ? new With.ChangedFunction(name, callable(value))
                : new With.ChangedResult(name, terms.expr(value, block));
    }
}
