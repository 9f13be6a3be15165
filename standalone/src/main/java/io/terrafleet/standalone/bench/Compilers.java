package io.terrafleet.standalone.bench;

import java.lang.management.CompilationMXBean;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;

/**
 * The JVM's compilers, which take much of a small machine until what is often used is compiled. A server that runs for days has that behind it;
 * so what is measured of one begins when they have come to rest.
 */
final class Compilers {
    /** So much of the time of one round may still be theirs. */
    private static final double AT_REST = 0.15;

    private Compilers() {}

    /** Does it again and again until hardly anything is compiled meanwhile, at most so many times. @return how often it was done */
    static int rest(int most, Runnable round) {
        CompilationMXBean compilers = ManagementFactory.getCompilationMXBean();
        for (int rounds = 1; ; rounds++) {
            long before = compilers.getTotalCompilationTime();
            long start = System.nanoTime();
            round.run();
            long millis = TimeUnit.NANOSECONDS.toMillis(System.nanoTime() - start);
            double theirs = (compilers.getTotalCompilationTime() - before) / (double) Math.max(1, millis);
            if (theirs < AT_REST || rounds == most) {
                return rounds;
            }
        }
    }
}
