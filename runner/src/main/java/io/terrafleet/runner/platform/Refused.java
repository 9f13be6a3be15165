package io.terrafleet.runner.platform;

import java.io.IOException;

/** The platform does not accept what was sent, and sending it again cannot help. */
public final class Refused extends IOException {
    private final int status;

    public Refused(int status, String message) {
        super(message);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
