package io.terrafleet.runner;

import java.util.Optional;

/**
 * Whether all state that exists has reached the platform.
 *
 * @param trouble why not; empty when it has
 */
record StateEnd(boolean shipped, String trouble) {
    static final StateEnd SHIPPED = new StateEnd(true, "");

    static StateEnd kept(String trouble) {
        return new StateEnd(false, trouble);
    }

    Optional<String> keptIn(JobDirectory directory) {
        return shipped ? Optional.empty() : Optional.of(directory.state().toString());
    }
}
