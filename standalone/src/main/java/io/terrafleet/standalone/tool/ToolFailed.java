package io.terrafleet.standalone.tool;

/** The command cannot do what it was asked; the message says why and what would be right. */
final class ToolFailed extends RuntimeException {
    ToolFailed(String message, Throwable cause) {
        super(message, cause);
    }

    ToolFailed(String message) {
        super(message);
    }
}
