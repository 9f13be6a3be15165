package io.terrafleet.standalone.soak;

/**
 * A promise that was not kept.
 *
 * @param promise one of {@link Checker}'s
 * @param subject the run, workspace or event
 */
record Violation(String promise, String subject, String what) {
    @Override
    public String toString() {
        return promise + " [" + subject + "]: " + what;
    }
}
