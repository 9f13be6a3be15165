package io.terrafleet.standalone.client;

/** The API refused; the message names the call and carries the API's own words. */
public final class ApiFailure extends RuntimeException {
    private static final long serialVersionUID = 1;
    private final int status;

    public ApiFailure(int status, String message) {
        super(message);
        this.status = status;
    }

    public int status() {
        return status;
    }
}
