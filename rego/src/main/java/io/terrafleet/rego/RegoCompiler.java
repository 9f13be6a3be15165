package io.terrafleet.rego;

import io.terrafleet.rego.plan.Compilation;
import io.terrafleet.rego.problem.RegoException;
import java.util.Collection;
import java.util.List;

/** Checks modules together and plans them. */
public final class RegoCompiler {
    private RegoCompiler() {}

    /**
     * Throws {@link RegoException} with every error found: {@code rego_compile_error}, {@code rego_type_error}, {@code
     * rego_unsafe_var_error}, {@code rego_recursion_error}.
     */
    public static CompiledPolicies compile(Collection<RegoModule> modules) {
        return compile(modules, false, true);
    }

    /** The same, for evaluations that an observer watches. Every rule is looked at, also where the rule index would leave it out. */
    public static CompiledPolicies compileWatched(Collection<RegoModule> modules) {
        return compile(modules, true, false);
    }

    /** The same, with the rule index at work: the observer sees what an unwatched evaluation does. */
    public static CompiledPolicies compileWatchedAndIndexed(Collection<RegoModule> modules) {
        return compile(modules, true, true);
    }

    private static CompiledPolicies compile(Collection<RegoModule> modules, boolean watched, boolean indexed) {
        return new CompiledPolicies(
                Compilation.of(modules.stream().map(RegoModule::syntax).toList(), watched, indexed),
                List.copyOf(modules));
    }
}
