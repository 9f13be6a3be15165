package io.terrafleet.messaging;

import java.util.function.BooleanSupplier;

/** How often the handling of one event may fail before it is given up. An outage of the database is nothing that the event can help. */
final class Tries {
    static final int MOST = 5;

    /**
     * So often a failure may speak of lost connections while the database answers whoever asks right after: it was restarted meanwhile, or
     * handling this very event is what ends them.
     */
    static final int MOST_LOST = 30;

    private int failures;
    private int lost;

    /**
     * @param databaseIsAway asked right now, before anything is counted: an outage of some seconds would otherwise use up all tries
     * @return whether it counted
     */
    boolean failed(RuntimeException why, BooleanSupplier databaseIsAway) {
        if (databaseIsAway.getAsBoolean()) {
            return false;
        }
        if (Outage.isBehind(why) && lost < MOST_LOST) {
            lost++;
            return false;
        }
        failures++;
        return true;
    }

    int count() {
        return failures;
    }

    boolean areSpent() {
        return failures >= MOST;
    }
}
