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
        return compile(modules, false);
    }

    /** The same, for evaluations that an observer watches. */
    public static CompiledPolicies compileWatched(Collection<RegoModule> modules) {
        return compile(modules, true);
    }

    private static CompiledPolicies compile(Collection<RegoModule> modules, boolean watched) {
        return new CompiledPolicies(
                Compilation.of(modules.stream().map(RegoModule::syntax).toList(), watched), List.copyOf(modules));
    }
}
