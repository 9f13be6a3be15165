package io.terrafleet.runner.archive;

import java.io.IOException;

/** The archive is broken, too large or tries to write where it must not; the message says which entry and why. */
public final class ArchiveRefused extends IOException {
    public ArchiveRefused(String message) {
        super(message);
    }

    public ArchiveRefused(String message, Throwable cause) {
        super(message, cause);
    }
}
