package io.terrafleet.worker.pod;

/** What a look at a job's objects says. */
sealed interface Diagnosis {
    /** All is as it should be, or will be soon. */
    record Fine() implements Diagnosis {}

    /**
     * The runner told the platform all there is to tell.
     *
     * @param how for people
     */
    record Over(String how) implements Diagnosis {}

    /**
     * The pod cannot begin yet.
     *
     * @param word for machines, {@code unschedulable} for example
     * @param message for people
     */
    record Waiting(String word, String message) implements Diagnosis {}

    /**
     * The job is to be given up.
     *
     * @param word for machines, {@code out-of-memory} for example
     * @param message for people, with what to do
     * @param permanent whether trying again cannot help
     */
    record Lost(String word, String message, boolean permanent) implements Diagnosis {}
}
