package io.terrafleet.rego.builtin;

import io.terrafleet.rego.syntax.Body;
import io.terrafleet.rego.syntax.Import;
import io.terrafleet.rego.syntax.Literal;
import io.terrafleet.rego.syntax.Module;
import io.terrafleet.rego.syntax.Rule;
import io.terrafleet.rego.syntax.Term;
import io.terrafleet.rego.value.ArrayValue;
import io.terrafleet.rego.value.ObjectValue;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A parsed module as a value, in the shape of OPA's syntax tree as JSON, which {@code rego.parse_module} gives. */
final class ModuleTree {
    private int wildcards;

    Value module(Module module) {
        List<Value> path = new ArrayList<>(List.of(typed("var", Value.of("data"))));
        module.path().forEach(part -> path.add(typed("string", Value.of(part))));
        Map<String, Value> members = new HashMap<>();
        members.put("package", object(Map.of("path", ArrayValue.of(path))));
        if (!module.imports().isEmpty()) {
            members.put(
                    "imports",
                    list(module.imports().stream().map(ModuleTree::imported).toList()));
        }
        if (!module.rules().isEmpty()) {
            members.put("rules", list(module.rules().stream().map(this::rule).toList()));
        }
        return object(members);
    }

    private static Value imported(Import each) {
        Map<String, Value> members = new HashMap<>();
        List<Value> path = new ArrayList<>();
        each.path().forEach(part -> path.add(typed(path.isEmpty() ? "var" : "string", Value.of(part))));
        members.put("path", typed("ref", ArrayValue.of(path)));
        if (!each.name().equals(each.path().getLast())) {
            members.put("alias", Value.of(each.name()));
        }
        return object(members);
    }

    private Value rule(Rule rule) {
        Map<String, Value> head = new HashMap<>();
        List<Value> ref = new ArrayList<>();
        for (Term part : rule.path()) {
            boolean name = ref.isEmpty() && part instanceof Term.Scalar;
            ref.add(name ? typed("var", ((Term.Scalar) part).value()) : term(part));
        }
        head.put("ref", ArrayValue.of(ref));
        if (rule.path().getFirst() instanceof Term.Scalar(Value name, var at) && ref.size() == 1) {
            head.put("name", name);
        }
        List<Term> arguments = rule.arguments();
        if (arguments != null) {
            head.put("args", terms(arguments));
        }
        Term member = rule.member();
        head.put(member == null ? "value" : "key", term(member == null ? rule.value() : member));
        return clause(rule, head);
    }

    private Value clause(Rule rule, Map<String, Value> head) {
        Map<String, Value> members = new HashMap<>();
        members.put("head", object(head));
        members.put("body", body(rule.body()));
        if (rule.isDefault()) {
            members.put("default", Value.of(true));
        }
        Rule otherwise = rule.otherwise();
        if (otherwise != null) {
            Map<String, Value> same = new HashMap<>(head);
            same.put("value", term(otherwise.value()));
            members.put("else", clause(otherwise, same));
        }
        return object(members);
    }

    private Value body(Body body) {
        List<Value> expressions = new ArrayList<>();
        for (Literal literal : body.literals()) {
            Map<String, Value> members = new HashMap<>();
            members.put("index", Value.of(expressions.size()));
            members.put("terms", expression(literal.expression()));
            if (literal.negated()) {
                members.put("negated", Value.of(true));
            }
            if (!literal.modifiers().isEmpty()) {
                members.put(
                        "with",
                        list(literal.modifiers().stream()
                                .map(with -> object(Map.of("target", term(with.target()), "value", term(with.value()))))
                                .toList()));
            }
            expressions.add(object(members));
        }
        if (expressions.isEmpty()) {
            Value holds = typed("boolean", Value.of(true));
            expressions.add(object(Map.of("index", Value.of(0), "terms", holds)));
        }
        return ArrayValue.of(expressions);
    }

    private Value expression(Literal.Expression expression) {
        return switch (expression) {
            case Literal.Check(Term.Call call) -> call(call);
            case Literal.Check(Term term) -> term(term);
            case Literal.Unify(Term left, Term right) -> list(List.of(operator("eq"), term(left), term(right)));
            case Literal.Assign(Term left, Term right) -> list(List.of(operator("assign"), term(left), term(right)));
            case Literal.SomeNames(List<Term.Var> names) ->
                object(Map.of("symbols", list(names.stream().map(this::term).toList())));
            case Literal.SomeIn(Term key, Term value, Term domain) -> {
                List<Value> member =
                        new ArrayList<>(List.of(operator(key == null ? "internal.member_2" : "internal.member_3")));
                if (key != null) {
                    member.add(term(key));
                }
                member.add(term(value));
                member.add(term(domain));
                yield object(Map.of("symbols", list(List.of(typed("call", ArrayValue.of(member))))));
            }
            case Literal.Every(Term key, Term value, Term domain, Body body) -> {
                Map<String, Value> members = new HashMap<>();
                members.put("value", term(value));
                members.put("domain", term(domain));
                members.put("body", body(body));
                if (key != null) {
                    members.put("key", term(key));
                }
                yield object(members);
            }
        };
    }

    private Value term(Term term) {
        return switch (term) {
            case Term.Scalar(Value value, var at) -> typed(value.typeName(), value);
            case Term.Var(String name, var at) -> typed("var", Value.of(name.equals("_") ? "$" + wildcards++ : name));
            case Term.Local local -> typed("var", Value.of(local.variable().name()));
            case Term.Root root -> typed("var", Value.of(root.document() == Term.Document.DATA ? "data" : "input"));
            case Term.Builtin builtin -> operator(builtin.name());
            case Term.Ref(Term head, List<Term> path, var at) -> {
                List<Value> parts = new ArrayList<>(List.of(term(head)));
                path.forEach(part -> parts.add(term(part)));
                yield typed("ref", ArrayValue.of(parts));
            }
            case Term.Call call -> typed("call", call(call));
            case Term.ArrayTerm array -> typed("array", terms(array.items()));
            case Term.SetTerm set -> typed("set", terms(set.members()));
            case Term.ObjectTerm object ->
                typed(
                        "object",
                        list(object.entries().stream()
                                .map(entry -> list(List.of(term(entry.key()), term(entry.value()))))
                                .toList()));
            case Term.ArrayComprehension(Term item, Body body, var at) ->
                typed("arraycomprehension", object(Map.of("term", term(item), "body", body(body))));
            case Term.SetComprehension(Term member, Body body, var at) ->
                typed("setcomprehension", object(Map.of("term", term(member), "body", body(body))));
            case Term.ObjectComprehension(Term key, Term value, Body body, var at) ->
                typed(
                        "objectcomprehension",
                        object(Map.of("key", term(key), "value", term(value), "body", body(body))));
            case Term.Template template ->
                typed(
                        "templatestring",
                        list(template.parts().stream()
                                .map(part -> term(part.term()))
                                .toList()));
        };
    }

    private Value call(Term.Call call) {
        List<Value> parts = new ArrayList<>();
        Value operator = term(call.operator());
        boolean plain = call.operator() instanceof Term.Var;
        parts.add(plain ? typed("ref", ArrayValue.of(List.of(operator))) : operator);
        call.arguments().forEach(argument -> parts.add(term(argument)));
        return ArrayValue.of(parts);
    }

    /** A built-in function's name as a reference: {@code io.jwt.decode} has three parts. */
    private static Value operator(String name) {
        List<Value> parts = new ArrayList<>();
        for (String part : name.split("\\.", -1)) {
            parts.add(typed(parts.isEmpty() ? "var" : "string", Value.of(part)));
        }
        return typed("ref", ArrayValue.of(parts));
    }

    private Value terms(List<Term> terms) {
        return list(terms.stream().map(this::term).toList());
    }

    private static Value list(List<Value> values) {
        return ArrayValue.of(values);
    }

    private static Value typed(String type, Value value) {
        return object(Map.of("type", Value.of(type), "value", value));
    }

    private static Value object(Map<String, Value> members) {
        Map<Value, Value> entries = new HashMap<>();
        members.forEach((name, value) -> entries.put(new StringValue(name), value));
        return ObjectValue.of(entries);
    }
}
