package io.terrafleet.worker.agent;

import org.jboss.logmanager.Level;
import org.jboss.logmanager.Logger;
import org.jboss.logmanager.formatters.PatternFormatter;
import org.jboss.logmanager.handlers.ConsoleHandler;

/** What an agent says: a line with time and level each, on standard error. Quarkus keeps what is logged until it starts, and here it does not. */
public final class AgentLog {
    private static final String MANAGER = "java.util.logging.manager";
    private static final String LINE = "%d{yyyy-MM-dd'T'HH:mm:ssXXX} %-5p %s%e%n";

    private AgentLog() {}

    /** To be called before anybody asks for a logger: afterwards the JVM has chosen another log manager. */
    public static void toStandardError() {
        if (System.getProperty(MANAGER) == null) {
            System.setProperty(MANAGER, "org.jboss.logmanager.LogManager");
        }
        ConsoleHandler console = new ConsoleHandler(ConsoleHandler.Target.SYSTEM_ERR, new PatternFormatter(LINE));
        console.setLevel(Level.INFO);
        Logger root = Logger.getLogger("");
        root.clearHandlers();
        root.setLevel(Level.INFO);
        root.addHandler(console);
        // Whatever goes wrong with the Kubernetes API we say ourselves, in a line.
        Logger.getLogger("io.fabric8").setLevel(Level.ERROR);
    }
}
