package io.terrafleet.standalone.demo;

import io.terrafleet.standalone.platform.RunningPlatform;
import java.io.PrintWriter;
import java.util.Locale;

/** What people read: to the terminal, with colours when it is one. */
public final class Screen {
    private final PrintWriter out;
    private final boolean colours;

    public Screen(PrintWriter out, boolean colours) {
        this.out = out;
        this.colours = colours;
    }

    void title(String text) {
        out.println();
        line(paint("1", text));
    }

    public void line(String text) {
        out.println(text);
        out.flush();
    }

    void fact(String label, String text) {
        line(String.format(Locale.ROOT, "  %-8s %s", label, text));
    }

    void good(String label, String text) {
        fact(label, paint("32", text));
    }

    void bad(String label, String text) {
        fact(label, paint("31", text));
    }

    void reached(double seconds, String status) {
        line(String.format(
                Locale.ROOT,
                "  %s %s",
                paint("2", String.format(Locale.ROOT, "%+7.2f s", seconds)),
                paint("36", status)));
    }

    /** One line of terraform's log, which brings its own colours. */
    void log(String text) {
        line("           " + paint("2", "│") + " " + (colours ? text + "\u001b[0m" : withoutColours(text)));
    }

    /** Where to look at what the demo left. */
    public void where(RunningPlatform platform) {
        title("The platform keeps running; Ctrl-C stops it and removes its data.");
        fact("pages", platform.url() + "/app");
        fact("API", platform.url() + "/api/v2");
        fact("token", platform.adminToken().orElse("as preset"));
        fact("log", platform.log().toString());
    }

    private String paint(String code, String text) {
        return colours ? "\u001b[" + code + "m" + text + "\u001b[0m" : text;
    }

    static String withoutColours(String text) {
        return text.replaceAll("\u001b\\[[0-9;]*m", "");
    }
}
