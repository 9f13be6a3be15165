package io.terrafleet.rego.syntax;

import io.terrafleet.rego.problem.Position;
import io.terrafleet.rego.value.Value;
import java.util.List;

/** A term. The parser makes {@link Var}s; resolving names replaces each by {@link Local}, {@link Root} or a reference. */
public sealed interface Term {
    Position at();

    /** A constant. */
    record Scalar(Value value, Position at) implements Term {}

    /** A name as written. {@code _} stands for a new variable at each use. */
    record Var(String name, Position at) implements Term {}

    /** A resolved local variable. */
    record Local(Variable variable, Position at) implements Term {}

    /** One of the two documents. */
    record Root(Document document, Position at) implements Term {}

    /** A built-in function's name, in operator position. */
    record Builtin(String name, Position at) implements Term {}

    /** {@code head[path0][path1]…} */
    record Ref(Term head, List<Term> path, Position at) implements Term {
        public Ref {
            path = List.copyOf(path);
        }
    }

    record Call(Term operator, List<Term> arguments, Position at) implements Term {
        public Call {
            arguments = List.copyOf(arguments);
        }
    }

    record ArrayTerm(List<Term> items, Position at) implements Term {
        public ArrayTerm {
            items = List.copyOf(items);
        }
    }

    record SetTerm(List<Term> members, Position at) implements Term {
        public SetTerm {
            members = List.copyOf(members);
        }
    }

    record ObjectTerm(List<Entry> entries, Position at) implements Term {
        public ObjectTerm {
            entries = List.copyOf(entries);
        }
    }

    record ArrayComprehension(Term item, Body body, Position at) implements Term {}

    record SetComprehension(Term member, Body body, Position at) implements Term {}

    record ObjectComprehension(Term key, Term value, Body body, Position at) implements Term {}

    /** Literal text and expressions in turn; an expression may be undefined. */
    record Template(List<Part> parts, Position at) implements Term {
        public Template {
            parts = List.copyOf(parts);
        }
    }

    /** A term with its own body, whose value may be missing: a template's expression, print's argument. */
    record Part(Term term, Body body, Position at) {}

    record Entry(Term key, Term value) {}

    /** The two documents that every evaluation sees. */
    enum Document {
        INPUT,
        DATA
    }
}
