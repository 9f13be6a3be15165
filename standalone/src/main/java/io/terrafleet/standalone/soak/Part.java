package io.terrafleet.standalone.soak;

import java.util.Locale;

/** The processes of the platform. */
enum Part {
    KAFKA,
    POSTGRES,
    API,
    WORKER,
    POLICY,
    COST;

    String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    boolean isService() {
        return this != KAFKA && this != POSTGRES;
    }
}
