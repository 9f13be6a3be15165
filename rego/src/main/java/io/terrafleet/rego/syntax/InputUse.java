package io.terrafleet.rego.syntax;

import io.terrafleet.rego.value.StringValue;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Which members of {@code input} a file reads. One that looks at the whole document, or at a member it computes, may read any. */
public final class InputUse {
    private static final String INPUT = "input";

    private final Set<String> names = new HashSet<>(Set.of(INPUT));
    private final Set<String> members = new HashSet<>();
    private boolean any;

    private InputUse() {}

    public static InputUse of(Module module) {
        InputUse use = new InputUse();
        for (Import line : module.imports()) {
            if (line.path().equals(List.of(INPUT))) {
                use.names.add(line.name());
            } else if (line.path().getFirst().equals(INPUT)) {
                use.members.add(line.path().get(1));
            }
        }
        module.rules().forEach(use::rule);
        return use;
    }

    public boolean reads(String member) {
        return any || members.contains(member);
    }

    private void rule(@Nullable Rule rule) {
        if (rule == null) {
            return;
        }
        rule.path().forEach(this::term);
        if (rule.arguments() != null) {
            rule.arguments().forEach(this::term);
        }
        term(rule.member());
        term(rule.value());
        body(rule.body());
        rule(rule.otherwise());
    }

    private void body(Body body) {
        body.literals().forEach(this::literal);
    }

    /** What {@code with} puts in the document's place is not read from it. */
    private void literal(Literal literal) {
        literal.modifiers().forEach(with -> term(with.value()));
        switch (literal.expression()) {
            case Literal.Check(Term term) -> term(term);
            case Literal.Unify(Term left, Term right) -> {
                term(left);
                term(right);
            }
            case Literal.Assign(Term target, Term value) -> {
                term(target);
                term(value);
            }
            case Literal.SomeNames names -> {}
            case Literal.SomeIn(Term key, Term value, Term domain) -> {
                term(key);
                term(value);
                term(domain);
            }
            case Literal.Every(Term key, Term value, Term domain, Body body) -> {
                term(key);
                term(value);
                term(domain);
                body(body);
            }
        }
    }

    private void term(@Nullable Term term) {
        switch (term) {
            case Term.Ref ref -> reference(ref);
            case Term.Var(String name, var at) -> any |= names.contains(name);
            case Term.Root(Term.Document document, var at) -> any |= document == Term.Document.INPUT;
            case Term.Call call -> {
                term(call.operator());
                call.arguments().forEach(this::term);
            }
            case Term.ArrayTerm array -> array.items().forEach(this::term);
            case Term.SetTerm set -> set.members().forEach(this::term);
            case Term.ObjectTerm object ->
                object.entries().forEach(entry -> {
                    term(entry.key());
                    term(entry.value());
                });
            case Term.ArrayComprehension c -> comprehension(c.item(), c.body());
            case Term.SetComprehension c -> comprehension(c.member(), c.body());
            case Term.ObjectComprehension c -> {
                term(c.key());
                comprehension(c.value(), c.body());
            }
            case Term.Template template -> template.parts().forEach(part -> comprehension(part.term(), part.body()));
            case Term.Scalar s -> {}
            case Term.Local l -> {}
            case Term.Builtin b -> {}
            case null -> {}
        }
    }

    private void comprehension(Term term, Body body) {
        term(term);
        body(body);
    }

    private void reference(Term.Ref ref) {
        ref.path().forEach(this::term);
        boolean ofInput = ref.head() instanceof Term.Var(String name, var at) && names.contains(name);
        if (!ofInput) {
            term(ref.head());
        } else if (!ref.path().isEmpty() && ref.path().getFirst() instanceof Term.Scalar(StringValue member, var at)) {
            members.add(member.value());
        } else {
            any = true;
        }
    }
}
