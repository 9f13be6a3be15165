package io.terrafleet.standalone.soak;

import java.io.IOException;
import java.util.List;

/**
 * A disk without room, as some processes see it: the operating system lets none of their files grow beyond nothing, which needs no
 * privileges and can be taken back. They get "file too large" where a full disk says "no space left".
 */
enum Disk {
    FULL("0:unlimited"),
    ROOMY("unlimited:unlimited");

    private final String limit;

    Disk(String limit) {
        this.limit = limit;
    }

    /** Processes that are begun by these are the same. @return false where there is no prlimit command */
    boolean becomes(List<ProcessHandle> processes) {
        try {
            for (ProcessHandle each : processes) {
                new ProcessBuilder("prlimit", "--pid", Long.toString(each.pid()), "--fsize=" + limit)
                        .redirectErrorStream(true)
                        .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                        .start()
                        .waitFor(); // one that is gone already is passed over
            }
            return !processes.isEmpty();
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SoakBroken("interrupted", e);
        }
    }
}
