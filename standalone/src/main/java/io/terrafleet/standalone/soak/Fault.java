package io.terrafleet.standalone.soak;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.SplittableRandom;

/**
 * Something bad that happens.
 *
 * @param gapMillis of good weather before
 * @param choice which process or way it strikes; taken modulo how many there are
 * @param millis how long it lasts
 */
record Fault(Trouble trouble, int gapMillis, int choice, int millis) {
    enum Trouble {
        /** kill -9 of a process, which is started again after a while. */
        KILL,
        /** A stop in order and a new start. */
        RESTART,
        /** A process that stands still and then goes on as if nothing had been. */
        PAUSE,
        /** kill -9 of the JVM that drives a terraform. */
        KILL_RUNNER,
        PAUSE_RUNNER,
        /** kill -9 of a terraform. */
        KILL_TERRAFORM,
        /** A slow network, to the database too. */
        SLOW,
        CUT,
        SILENT,
        /** Records that were sent long ago come again, in another order. */
        REPEAT,
        /** Nothing more can be written, by one process. */
        FULL_DISK,
        /** A service that comes back with a clock that goes wrong, before or behind the others. */
        CLOCK;

        String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }
    }

    private static final int LONG_ONE_IN = 12;

    /** As many as a seed gives: the same seed, the same troubles in the same order. */
    static List<Fault> drawn(long seed, int count, boolean brief) {
        SplittableRandom random = new SplittableRandom(seed);
        List<Trouble> troubles = List.of(Trouble.values());
        List<Fault> faults = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            int which = i < troubles.size()
                    ? (i + Math.floorMod(seed, troubles.size())) % troubles.size()
                    : random.nextInt(troubles.size());
            int gap = random.nextInt(300, brief ? 2_500 : 6_000);
            boolean lasting = !brief && random.nextInt(LONG_ONE_IN) == 0;
            int millis = lasting ? random.nextInt(15_000, 60_000) : random.nextInt(200, brief ? 5_000 : 12_000);
            faults.add(new Fault(troubles.get(which), gap, random.nextInt(1 << 20), millis));
        }
        return faults;
    }
}
