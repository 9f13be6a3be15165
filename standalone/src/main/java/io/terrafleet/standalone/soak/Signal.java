package io.terrafleet.standalone.soak;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/** What the operating system can do to a process. */
enum Signal {
    KILL,
    TERM,
    STOP,
    CONT;

    /** Those that are gone already are passed over. */
    void send(List<ProcessHandle> processes) {
        if (processes.isEmpty()) {
            return;
        }
        List<String> command = new ArrayList<>(List.of("kill", "-" + name()));
        processes.forEach(process -> command.add(Long.toString(process.pid())));
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor();
        } catch (IOException e) {
            throw new SoakBroken("there is no kill command: " + e.getMessage(), e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new SoakBroken("interrupted", e);
        }
    }
}
