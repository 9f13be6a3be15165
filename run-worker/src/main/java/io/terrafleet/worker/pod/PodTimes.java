package io.terrafleet.worker.pod;

import java.time.Duration;

/** How long what may last. */
record PodTimes(
        Duration grace,
        Duration deadline,
        Duration keep,
        Duration unschedulable,
        Duration pullFails,
        Duration refused,
        Duration nodeSilent) {
    private static final Duration LONGEST = Duration.ofDays(7);

    PodTimes {
        within("grace", grace, Duration.ofSeconds(10));
        within("deadline", deadline, Duration.ofMinutes(1));
        within("keep", keep, Duration.ofSeconds(30));
        within("unschedulable-for", unschedulable, Duration.ZERO);
        within("pull-fails-for", pullFails, Duration.ZERO);
        within("refused-for", refused, Duration.ZERO);
        within("node-silent-for", nodeSilent, Duration.ZERO);
    }

    static PodTimes of(PodConfig config) {
        return new PodTimes(
                config.grace(),
                config.deadline(),
                config.keep(),
                config.unschedulableFor(),
                config.pullFailsFor(),
                config.refusedFor(),
                config.nodeSilentFor());
    }

    private static void within(String key, Duration duration, Duration least) {
        if (duration.compareTo(least) < 0 || duration.compareTo(LONGEST) > 0) {
            throw new IllegalArgumentException(key + " " + duration + " must be between " + least + " and " + LONGEST);
        }
    }
}
