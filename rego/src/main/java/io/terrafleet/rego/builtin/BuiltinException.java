package io.terrafleet.rego.builtin;

/** A built-in function that cannot answer. Normally the call is then undefined; strict evaluations fail with it. */
public final class BuiltinException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;

    private BuiltinException(String code, String message) {
        super(message, null, false, false);
        this.code = code;
    }

    /** The function was given what it cannot work on. */
    public static BuiltinException failed(String message) {
        return new BuiltinException("eval_builtin_error", message);
    }

    /** An operand has the wrong type. */
    public static BuiltinException type(String message) {
        return new BuiltinException("eval_type_error", message);
    }

    public String code() {
        return code;
    }
}
