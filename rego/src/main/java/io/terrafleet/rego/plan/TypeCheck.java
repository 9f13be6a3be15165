package io.terrafleet.rego.plan;

import io.terrafleet.rego.builtin.Signatures;
import io.terrafleet.rego.builtin.Signatures.Signature;
import io.terrafleet.rego.evaluation.RuleGroup;
import io.terrafleet.rego.evaluation.RuleNode;
import io.terrafleet.rego.problem.Position;
import io.terrafleet.rego.problem.RegoException;
import io.terrafleet.rego.syntax.Rule;
import io.terrafleet.rego.syntax.Term;
import io.terrafleet.rego.syntax.Variable;
import io.terrafleet.rego.type.Type;
import io.terrafleet.rego.value.StringValue;
import io.terrafleet.rego.value.Value;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Finds what can never work: built-in functions that are given the wrong types, comparisons of types that are never equal, references
 * to what a value can never have. What is not known for certain is let pass.
 */
final class TypeCheck {
    private static final Type STRING = new Type.Scalar("string");

    private final RuleTree tree;
    private final Map<Variable, Type> variables = new HashMap<>();

    TypeCheck(RuleTree tree) {
        this.tree = tree;
    }

    /** A variable is what it is assigned. */
    void assigned(Term target, Term value) {
        assigned(target, type(value));
    }

    private void assigned(Term target, Type type) {
        if (target instanceof Term.Local local) {
            variables.put(local.variable(), type);
        } else if (target instanceof Term.ArrayTerm array) {
            for (int i = 0; i < array.items().size(); i++) {
                Type item = type.part(Value.of(i));
                assigned(array.items().get(i), item == null ? Type.any() : item);
            }
        }
    }

    void call(Term.Call call) {
        if (!(call.operator() instanceof Term.Builtin(String name, Position at))) {
            return;
        }
        Signature signature = Signatures.of(name);
        List<Term> arguments = call.arguments();
        if (signature == null || signature.operands().size() != arguments.size()) {
            return;
        }
        for (int i = 0; i < arguments.size(); i++) {
            Type wanted = signature.operands().get(i);
            if (!suits(arguments.get(i), wanted)) {
                throw new RegoException(
                        "rego_type_error",
                        name + ": invalid argument(s): operand " + (i + 1) + " is "
                                + type(arguments.get(i)).words() + ", not " + wanted.words(),
                        call.at());
            }
        }
    }

    /** Of what is written out each part is looked at; where one is wrong, the whole is. */
    private boolean suits(Term term, Type wanted) {
        return switch (wanted) {
            case Type.OneOf(List<Type> types) -> types.stream().anyMatch(type -> suits(term, type));
            case Type.Items items
            when term instanceof Term.ArrayTerm array -> {
                boolean all = items.rest() != null
                        || items.items().size() == array.items().size();
                for (int i = 0; all && i < array.items().size(); i++) {
                    Type item = wanted.part(Value.of(i));
                    all = item != null && suits(array.items().get(i), item);
                }
                yield all;
            }
            case Type.Members(Type of)
            when term instanceof Term.SetTerm set -> set.members().stream().allMatch(member -> suits(member, of));
            case Type.Fields fields
            when term instanceof Term.ObjectTerm object ->
                object.entries().stream().allMatch(entry -> suits(entry, fields));
            default -> type(term).fits(wanted);
        };
    }

    private boolean suits(Term.Entry entry, Type.Fields wanted) {
        if (!(entry.key() instanceof Term.Scalar key)) {
            return true;
        }
        Type part = wanted.part(key.value());
        return part != null && suits(entry.value(), part);
    }

    /** Two terms that must be equal. */
    void match(Term left, Term right, Position at) {
        Type some = type(left);
        Type other = type(right);
        if (!some.fits(other)) {
            throw new RegoException(
                    "rego_type_error", "match error: " + some.words() + " is never " + other.words(), at);
        }
    }

    /** What a reference goes into. */
    void reference(Term.Ref ref) {
        if (ref.head() instanceof Term.Local) {
            require(type(ref.head()), ref.path(), ref.at());
        }
    }

    /** What a reference goes into beyond a rule's own name. */
    void below(RuleGroup group, List<Term> path, Position at) {
        require(type(group), path, at);
    }

    private static void require(Type start, List<Term> path, Position at) {
        Type type = start;
        for (Term key : path) {
            Type part = part(type, key);
            if (part == null) {
                String missing = key instanceof Term.Scalar scalar ? "nothing at " + scalar.value() : "no parts";
                throw new RegoException("rego_type_error", "undefined ref: " + type.words() + " has " + missing, at);
            }
            type = part;
        }
    }

    private static @Nullable Type part(Type type, Term key) {
        return key instanceof Term.Scalar scalar ? type.part(scalar.value()) : type.anyPart();
    }

    /** As its rules say it; names in them are not resolved and stay unknown. */
    private Type type(RuleGroup group) {
        List<Type> types = new ArrayList<>();
        for (RuleTree.Source source : tree.groups().getOrDefault(group, List.of())) {
            for (Rule rule = source.rule(); rule != null; rule = rule.otherwise()) {
                switch (group.kind()) {
                    case COMPLETE -> types.add(type(rule.value()));
                    case SET -> types.add(rule.member() == null ? Type.any() : type(rule.member()));
                    case OBJECT, FUNCTION -> types.add(Type.any());
                }
            }
        }
        return group.kind() == RuleGroup.Kind.SET ? new Type.Members(Type.oneOf(types)) : Type.oneOf(types);
    }

    private Type type(Term.Ref ref) {
        List<Term> path = ref.path();
        Type type = ref.head() instanceof Term.Root ? Type.any() : type(ref.head());
        if (ref.head() instanceof Term.Root(Term.Document document, Position at) && document == Term.Document.DATA) {
            RuleNode node = tree.root();
            int depth = 0;
            while (node != null
                    && node.group() == null
                    && depth < path.size()
                    && path.get(depth) instanceof Term.Scalar(StringValue name, Position p)) {
                node = node.child(name.value());
                depth++;
            }
            RuleGroup group = node == null ? null : node.group();
            type = group == null ? Type.any() : type(group);
            path = path.subList(depth, path.size());
        }
        for (Term key : path) {
            Type part = part(type, key);
            type = part == null ? Type.any() : part;
        }
        return type;
    }

    private Type type(Term term) {
        return switch (term) {
            case Term.Scalar scalar -> Type.of(scalar.value());
            case Term.Local local -> variables.getOrDefault(local.variable(), Type.any());
            case Term.ArrayTerm array -> new Type.Items(types(array.items()), null);
            case Term.ArrayComprehension array -> new Type.Items(List.of(), type(array.item()));
            case Term.SetTerm set -> new Type.Members(Type.oneOf(types(set.members())));
            case Term.SetComprehension set -> new Type.Members(type(set.member()));
            case Term.ObjectTerm object -> type(object);
            case Term.ObjectComprehension object -> new Type.Fields(Map.of(), type(object.key()), type(object.value()));
            case Term.Template t -> STRING;
            case Term.Call call -> result(call);
            case Term.Ref ref -> type(ref);
            case Term.Var v -> Type.any();
            case Term.Root r -> Type.any();
            case Term.Builtin b -> Type.any();
        };
    }

    private List<Type> types(List<Term> terms) {
        return terms.stream().map(this::type).toList();
    }

    private Type type(Term.ObjectTerm object) {
        Map<Value, Type> fields = new HashMap<>();
        for (Term.Entry entry : object.entries()) {
            if (!(entry.key() instanceof Term.Scalar key)) {
                return new Type.Fields(Map.of(), Type.any(), Type.any());
            }
            fields.put(key.value(), type(entry.value()));
        }
        return new Type.Fields(fields, null, null);
    }

    private static Type result(Term.Call call) {
        Signature signature =
                call.operator() instanceof Term.Builtin(String name, Position at) ? Signatures.of(name) : null;
        return signature == null ? Type.any() : signature.result();
    }
}
