package io.terrafleet.runner;

import java.util.Locale;

/** The machine's operating system and architecture in the words of terraform's releases. */
final class Machine {
    private Machine() {}

    static String platform() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String os = system.contains("mac") ? "darwin" : system.contains("win") ? "windows" : "linux";
        String architecture = System.getProperty("os.arch", "");
        return os + "_"
                + switch (architecture) {
                    case "amd64", "x86_64" -> "amd64";
                    case "aarch64" -> "arm64";
                    default -> architecture;
                };
    }
}
