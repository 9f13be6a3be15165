package io.terrafleet.standalone.soak;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * What processes have in memory, as Linux tells it, in MiB.
 *
 * @param resident all that is theirs or shared, each process counted for itself
 * @param proportional what they have for themselves, and their part of what they share
 */
record Memory(double resident, double proportional) {
    private static final double KIBIBYTES = 1_024;

    static Memory of(List<ProcessHandle> processes) {
        double resident = 0;
        double proportional = 0;
        for (ProcessHandle process : processes) {
            List<String> lines = lines(process);
            resident += kibibytes(lines, "Rss:");
            proportional += kibibytes(lines, "Pss:");
        }
        return new Memory(resident / KIBIBYTES, proportional / KIBIBYTES);
    }

    private static List<String> lines(ProcessHandle process) {
        try {
            return Files.readAllLines(Path.of("/proc", Long.toString(process.pid()), "smaps_rollup"));
        } catch (IOException e) {
            return List.of(); // it has just ended
        }
    }

    private static double kibibytes(List<String> lines, String name) {
        return lines.stream()
                .filter(line -> line.startsWith(name))
                .mapToDouble(line -> Double.parseDouble(line.replaceAll("[^0-9]", "")))
                .sum();
    }
}
