package io.terrafleet.rego.syntax;

/** Tells which terms a default rule may have. */
final class Constants {
    private Constants() {}

    /** Nothing to look up; comprehensions are allowed, for they are closed. */
    static boolean isConstant(Term term) {
        return switch (term) {
            case Term.Scalar s -> true;
            case Term.ArrayTerm a -> a.items().stream().allMatch(Constants::isConstant);
            case Term.SetTerm s -> s.members().stream().allMatch(Constants::isConstant);
            case Term.ObjectTerm o -> o.entries().stream().allMatch(e -> isConstant(e.key()) && isConstant(e.value()));
            case Term.ArrayComprehension c -> true;
            case Term.SetComprehension c -> true;
            case Term.ObjectComprehension c -> true;
            case Term.Var v -> false;
            case Term.Ref r -> false;
            case Term.Call c -> false;
            case Term.Local l -> false;
            case Term.Root r -> false;
            case Term.Builtin b -> false;
            case Term.Template t -> false;
        };
    }
}
