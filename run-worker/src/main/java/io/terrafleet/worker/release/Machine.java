package io.terrafleet.worker.release;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Locale;

/** The machine that this process runs on. */
public final class Machine {
    private Machine() {}

    /** For people. */
    public static String name() {
        try {
            return InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            return "localhost";
        }
    }

    /** As releases name it, for example {@code linux_amd64}. */
    public static String platform() {
        String system = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        String architecture = System.getProperty("os.arch", "");
        return (system.contains("mac") ? "darwin" : "linux")
                + "_"
                + switch (architecture) {
                    case "amd64", "x86_64" -> "amd64";
                    case "aarch64" -> "arm64";
                    default -> architecture;
                };
    }
}
