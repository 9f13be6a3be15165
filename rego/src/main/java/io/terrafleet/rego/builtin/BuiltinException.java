package io.terrafleet.rego.builtin;

/**
 * A built-in function that cannot answer. Normally the call is then undefined; strict evaluations fail with it, and what halts fails every
 * evaluation: a policy that asks somebody outside and gets no answer must not look as if it had found nothing.
 */
public final class BuiltinException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final String code;
    private final boolean halting;

    private BuiltinException(String code, String message, boolean halting) {
        super(message, null, false, false);
        this.code = code;
        this.halting = halting;
    }

    /** The function was given what it cannot work on. */
    public static BuiltinException failed(String message) {
        return new BuiltinException("eval_builtin_error", message, false);
    }

    /** Nobody outside could be asked. */
    static BuiltinException halted(String message) {
        return new BuiltinException("eval_builtin_error", message, true);
    }

    /** An operand has the wrong type. */
    public static BuiltinException type(String message) {
        return new BuiltinException("eval_type_error", message, false);
    }

    public String code() {
        return code;
    }

    public boolean halts() {
        return halting;
    }
}
