package io.terrafleet.rego.problem;

import java.util.List;
import java.util.stream.Collectors;

/** Policies that cannot be compiled, or an evaluation that cannot go on; carries at least one positioned error. */
public final class RegoException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient List<RegoError> errors;

    public RegoException(List<RegoError> errors) {
        super(errors.stream().map(RegoError::toString).collect(Collectors.joining("\n")));
        this.errors = List.copyOf(errors);
    }

    public RegoException(String code, String message, Position at) {
        this(List.of(new RegoError(code, message, at)));
    }

    public List<RegoError> errors() {
        return errors;
    }

    /** The code of the first error. */
    public String code() {
        return errors.getFirst().code();
    }
}
