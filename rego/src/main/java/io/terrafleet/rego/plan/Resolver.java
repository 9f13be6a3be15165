package io.terrafleet.rego.plan;

import io.terrafleet.rego.builtin.Builtins;
import io.terrafleet.rego.problem.Position;
import io.terrafleet.rego.problem.RegoException;
import io.terrafleet.rego.syntax.Body;
import io.terrafleet.rego.syntax.Literal;
import io.terrafleet.rego.syntax.Term;
import io.terrafleet.rego.syntax.Variable;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Replaces names by what they mean: local variables, documents, rules, functions. */
final class Resolver {
    private final GlobalNames globals;
    private final Metadata metadata;

    Resolver(GlobalNames globals, Metadata metadata) {
        this.globals = globals;
        this.metadata = metadata;
    }

    /** Resolves a body whose variables live in the given scope. The head's names belong to the same scope. */
    Body body(Body body, List<Term> head, LexicalScope scope) {
        for (String name : FreeNames.undeclared(body, head)) {
            if (!name.equals("_") && scope.find(name) == null && !globals.has(name)) {
                scope.imply(name);
            }
        }
        List<Literal> resolved = new ArrayList<>();
        for (Literal literal : body.literals()) {
            resolved.add(literal(literal, scope));
        }
        return new Body(resolved);
    }

    private Literal literal(Literal literal, LexicalScope scope) {
        List<Literal.With> modifiers = literal.modifiers().stream()
                .map(with ->
                        new Literal.With(target(with.target(), scope), replacement(with.value(), scope), with.at()))
                .toList();
        return new Literal(expression(literal.expression(), scope), literal.negated(), modifiers, literal.at());
    }

    private Literal.Expression expression(Literal.Expression expression, LexicalScope scope) {
        return switch (expression) {
            case Literal.Check(Term term) -> new Literal.Check(term(term, scope));
            case Literal.Unify(Term left, Term right) -> new Literal.Unify(term(left, scope), term(right, scope));
            case Literal.Assign(Term target, Term value) -> {
                Term resolved = term(value, scope);
                declare(target, scope);
                yield new Literal.Assign(term(target, scope), resolved);
            }
            case Literal.SomeNames some -> {
                some.names().forEach(name -> declare(name, scope));
                yield new Literal.SomeNames(List.of());
            }
            case Literal.SomeIn(Term key, Term value, Term domain) -> {
                Term over = term(domain, scope);
                declare(key, scope);
                declare(value, scope);
                yield new Literal.SomeIn(key == null ? null : term(key, scope), term(value, scope), over);
            }
            case Literal.Every(Term key, Term value, Term domain, Body body) -> {
                Term over = term(domain, scope);
                LexicalScope inside = scope.closure();
                declare(key, inside);
                declare(value, inside);
                Term resolvedKey = key == null ? null : term(key, inside);
                Term resolvedValue = term(value, inside);
                yield new Literal.Every(resolvedKey, resolvedValue, over, body(body, List.of(), inside.inner()));
            }
        };
    }

    void declare(@Nullable Term pattern, LexicalScope scope) {
        if (pattern == null) {
            return;
        }
        for (String name : FreeNames.ofPattern(pattern)) {
            if (globals.refusesDeprecated() && (name.equals("data") || name.equals("input"))) {
                throw error(
                        "rego_compile_error",
                        "variables must not shadow " + name + " (use a different variable name)",
                        pattern.at());
            }
            if (!name.equals("_") && !scope.declare(name)) {
                throw error("rego_compile_error", "var " + name + " declared above", pattern.at());
            }
        }
    }

    Term term(Term term, LexicalScope scope) {
        return switch (term) {
            case Term.Scalar s -> s;
            case Term.Local l -> l;
            case Term.Root r -> r;
            case Term.Builtin b -> b;
            case Term.Var var -> variable(var, scope);
            case Term.Ref ref -> reference(ref, scope);
            case Term.Call call -> call(call, scope);
            case Term.ArrayTerm(List<Term> items, Position at) -> new Term.ArrayTerm(terms(items, scope), at);
            case Term.SetTerm(List<Term> members, Position at) -> new Term.SetTerm(terms(members, scope), at);
            case Term.ObjectTerm(List<Term.Entry> entries, Position at) ->
                new Term.ObjectTerm(
                        entries.stream()
                                .map(e -> new Term.Entry(term(e.key(), scope), term(e.value(), scope)))
                                .toList(),
                        at);
            case Term.ArrayComprehension(Term item, Body body, Position at) -> {
                LexicalScope inside = scope.closure();
                Body resolved = body(body, List.of(item), inside);
                yield new Term.ArrayComprehension(term(item, inside), resolved, at);
            }
            case Term.SetComprehension(Term member, Body body, Position at) -> {
                LexicalScope inside = scope.closure();
                Body resolved = body(body, List.of(member), inside);
                yield new Term.SetComprehension(term(member, inside), resolved, at);
            }
            case Term.ObjectComprehension(Term key, Term value, Body body, Position at) -> {
                LexicalScope inside = scope.closure();
                Body resolved = body(body, List.of(key, value), inside);
                yield new Term.ObjectComprehension(term(key, inside), term(value, inside), resolved, at);
            }
            case Term.Template(List<Term.Part> parts, Position at) ->
                new Term.Template(parts.stream().map(part -> part(part, scope)).toList(), at);
        };
    }

    private Term.Part part(Term.Part part, LexicalScope scope) {
        LexicalScope inside = scope.closure();
        Body resolved = body(part.body(), List.of(part.term()), inside);
        return new Term.Part(term(part.term(), inside), resolved, part.at());
    }

    private List<Term> terms(List<Term> terms, LexicalScope scope) {
        return terms.stream().map(term -> term(term, scope)).toList();
    }

    private Term variable(Term.Var var, LexicalScope scope) {
        if (var.name().equals("_")) {
            return new Term.Local(scope.wildcard(), var.at());
        }
        Variable local = scope.find(var.name());
        if (local != null) {
            return new Term.Local(local, var.at());
        }
        Term global = globals.term(var.name(), var.at());
        if (global == null) {
            throw error("rego_compile_error", "var " + var.name() + " referenced above its declaration", var.at());
        }
        return global;
    }

    private Term reference(Term.Ref ref, LexicalScope scope) {
        Term head = term(ref.head(), scope);
        List<Term> path = terms(ref.path(), scope);
        if (head instanceof Term.Ref outer) {
            List<Term> joined = new ArrayList<>(outer.path());
            joined.addAll(path);
            return new Term.Ref(outer.head(), joined, ref.at());
        }
        return new Term.Ref(head, path, ref.at());
    }

    private Term call(Term.Call call, LexicalScope scope) {
        if (FreeNames.isPrint(call) && scope.find("print") == null && !globals.has("print")) {
            return print(call, scope);
        }
        Term operator = function(call.operator(), scope);
        if (operator == null) {
            String name = FunctionNames.dotted(call.operator());
            throw error("rego_type_error", "undefined function " + (name == null ? "" : name), call.at());
        }
        if (operator instanceof Term.Builtin(String name, Position at)
                && globals.refusesDeprecated()
                && Builtins.isDeprecated(name)) {
            throw error("rego_type_error", "deprecated built-in function calls in expression: " + name, call.at());
        }
        if (operator instanceof Term.Builtin(String name, Position at)
                && call.arguments().isEmpty()) {
            Term known = metadata.answer(name, at);
            if (known != null) {
                return known;
            }
        }
        return new Term.Call(operator, terms(call.arguments(), scope), call.at());
    }

    private Term print(Term.Call call, LexicalScope scope) {
        List<Term.Part> parts = new ArrayList<>();
        for (Term argument : call.arguments()) {
            Term value = new Term.Var("__printed__", argument.at());
            Literal bind = new Literal(new Literal.Assign(value, argument), false, List.of(), argument.at());
            parts.add(part(new Term.Part(value, new Body(List.of(bind)), argument.at()), scope));
        }
        Term.Template text = new Term.Template(parts, call.at());
        return new Term.Call(new Term.Builtin("print", call.at()), List.of(text), call.at());
    }

    /** What a call's operator or a with-target means; null when there is no such function. */
    private @Nullable Term function(Term operator, LexicalScope scope) {
        if (operator instanceof Term.Builtin) {
            return operator;
        }
        String name = FunctionNames.dotted(operator);
        String first = name == null ? "" : name.split("\\.", 2)[0];
        if (scope.find(first) == null && globals.has(first)) {
            return term(operator, scope);
        }
        return scope.find(first) == null && FunctionNames.builtin(operator) != null && name != null
                ? new Term.Builtin(name, operator.at())
                : null;
    }

    private Term target(Term target, LexicalScope scope) {
        Term resolved = function(target, scope);
        if (resolved == null) {
            throw error(
                    "rego_type_error",
                    "with keyword target must reference existing input, data, or a function",
                    target.at());
        }
        return resolved;
    }

    private Term replacement(Term value, LexicalScope scope) {
        Term function = FunctionNames.dotted(value) == null ? null : function(value, scope);
        return function == null ? term(value, scope) : function;
    }

    private static RegoException error(String code, String message, Position at) {
        return new RegoException(code, message, at);
    }
}
