package io.terrafleet.standalone.soak;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Processes that outlive whoever began them, as runners do; known by the temporary directory in their environment. Linux only. */
record Strays(Path temporary) {
    /** Every process of the round, of whatever parent. */
    List<ProcessHandle> all() {
        return ProcessHandle.allProcesses().filter(this::isOurs).toList();
    }

    /** JVMs that drive terraform. */
    List<ProcessHandle> runners() {
        return all().stream()
                .filter(process -> commandLine(process).contains("io.terrafleet.runner.Main"))
                .toList();
    }

    /** Terraform itself, simulated or real. */
    List<ProcessHandle> terraforms() {
        return all().stream()
                .filter(process -> commandLine(process).contains("/terraform"))
                .filter(process -> !commandLine(process).contains("io.terrafleet"))
                .filter(process -> !commandLine(process).contains("-jar")) // the worker names it
                .toList();
    }

    private boolean isOurs(ProcessHandle process) {
        return process.pid() != ProcessHandle.current().pid()
                && read(process, "environ").contains("TMPDIR=" + temporary + "\0");
    }

    private static String commandLine(ProcessHandle process) {
        return read(process, "cmdline").replace('\0', ' ');
    }

    /** Nothing of a process that has just ended, or belongs to somebody else. */
    private static String read(ProcessHandle process, String name) {
        try {
            return Files.readString(Path.of("/proc", Long.toString(process.pid()), name), StandardCharsets.ISO_8859_1);
        } catch (IOException e) {
            return "";
        }
    }
}
