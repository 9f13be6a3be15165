package io.terrafleet.rego.builtin;

import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** All built-in functions by name. */
public final class Builtins {
    private static final Map<String, BuiltinFunction> BY_NAME = new HashMap<>();

    private static final Set<String> DEPRECATED = Set.of(
            "any",
            "all",
            "re_match",
            "set_diff",
            "net.cidr_overlap",
            "cast_array",
            "cast_boolean",
            "cast_null",
            "cast_object",
            "cast_set",
            "cast_string");

    static {
        Registry registry = (name, arity, code) -> BY_NAME.put(name, new BuiltinFunction(name, arity, code));
        Operators.register(registry);
        Aggregates.register(registry);
        Numbers.register(registry);
        Texts.register(registry);
        Regexes.register(registry);
        Globs.register(registry);
        Collections.register(registry);
        Objects.register(registry);
        JsonPaths.register(registry);
        Types.register(registry);
        Encodings.register(registry);
        Digests.register(registry);
        Tokens.register(registry);
        Graphql.register(registry);
        JsonSchemas.register(registry);
        AwsSignatures.register(registry);
        Certificates.register(registry);
        PrivateKeys.register(registry);
        Cidrs.register(registry);
        Times.register(registry);
        Versions.register(registry);
        Units.register(registry);
        Graphs.register(registry);
        Outside.register(registry);
    }

    /** Takes one function. */
    interface Registry {
        void add(String name, int arity, BuiltinFunction.Code code);
    }

    private Builtins() {}

    /** Functions that version 1 of the language no longer has. */
    public static boolean isDeprecated(String name) {
        return DEPRECATED.contains(name);
    }

    public static @Nullable BuiltinFunction find(String name) {
        return BY_NAME.get(name);
    }
}
