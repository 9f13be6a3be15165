package io.terrafleet.worker.pod;

/** Kubernetes answered, and the answer is no. */
final class Refused extends Exception {
    private final boolean permanent;

    /**
     * @param message for people, with what to do
     * @param permanent whether asking again cannot help
     */
    Refused(String message, boolean permanent, Throwable cause) {
        super(message, cause);
        this.permanent = permanent;
    }

    boolean permanent() {
        return permanent;
    }
}
