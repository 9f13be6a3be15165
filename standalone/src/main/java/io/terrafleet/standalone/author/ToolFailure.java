package io.terrafleet.standalone.author;

/** Something that the user has to put right; the message says what. Exit code {@link ExitCode#UNUSABLE}. */
public final class ToolFailure extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ToolFailure(String message) {
        super(message);
    }

    public ToolFailure(String message, Throwable cause) {
        super(message, cause);
    }
}
