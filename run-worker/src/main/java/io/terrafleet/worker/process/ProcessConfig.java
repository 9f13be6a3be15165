package io.terrafleet.worker.process;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How jobs run as processes of this machine. */
@ConfigMapping(prefix = "terrafleet.worker.process")
public interface ProcessConfig {
    /** Jobs that may run at the same time; without it one more than there are processors, for a job often waits. */
    Optional<Integer> slots();

    /** Directory for waiting and running jobs and for installed terraform versions; must last. */
    @WithDefault("data/worker")
    Path data();

    /** Class path of the runner, or a directory with its jars. */
    @WithDefault("runner/target/runtime")
    String runnerClasspath();

    /** The java command that runs the runner; without it the one that runs this worker. */
    Optional<Path> java();

    /** Options of the runner's JVM. */
    @WithDefault("-XX:+UseSerialGC,-XX:+UseCompactObjectHeaders,-XX:TieredStopAtLevel=1,-Xmx256m")
    List<String> jvmOptions();

    /** How long a clean stop waits for interrupted jobs to report; those that take longer go on alone. */
    @WithDefault("PT60S")
    Duration stopGrace();

    /** Names of environment variables of the worker that terraform gets too, besides PATH, HOME, LANG, proxies and certificates. */
    Optional<List<String>> passEnvironment();

    /**
     * PEM file of the certificate authorities that terraform trusts in its jobs; without it those that the worker's environment variable
     * {@code SSL_CERT_FILE} names, or those of the machine.
     */
    Optional<Path> certificates();

    /** Where providers are installed from. */
    Provider provider();

    /** Where providers are installed from; without any key terraform asks the public registry. */
    interface Provider {
        /** A whole terraform CLI configuration file that every run gets; wins over the two others. */
        Optional<Path> cliConfig();

        /** A directory with providers, laid out as {@code terraform providers mirror} does; others come from their registry. */
        Optional<Path> filesystemMirror();

        /** Base URL (https) of a provider network mirror; nothing else is asked then. */
        Optional<URI> networkMirror();
    }
}
