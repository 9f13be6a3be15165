package io.terrafleet.rego.problem;

/**
 * One error. Codes follow OPA's names: {@code rego_parse_error}, {@code rego_compile_error}, {@code rego_type_error},
 * {@code rego_unsafe_var_error}, {@code rego_recursion_error} before evaluation; {@code eval_conflict_error}, {@code
 * eval_builtin_error}, {@code eval_type_error}, {@code eval_cancel_error}, {@code eval_limit_error} during it.
 */
public record RegoError(String code, String message, Position at) {
    @Override
    public String toString() {
        return at + ": " + code + ": " + message;
    }
}
