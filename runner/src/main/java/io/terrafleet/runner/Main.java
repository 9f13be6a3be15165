package io.terrafleet.runner;

import io.terrafleet.contracts.Json;
import io.terrafleet.runner.platform.Patience;
import io.terrafleet.runner.platform.Platform;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.net.http.HttpClient;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ThreadFactory;

/**
 * The runner's process.
 *
 * <ul>
 *   <li>{@code Main host}: assignments on standard input, a line of JSON each; outcomes on standard output.
 *   <li>{@code Main once FILE}: one assignment from a file; exit code 0 when the platform knows the result.
 *   <li>{@code Main pod FILE MESSAGE [mounted]}: the same as a pod's first process; the outcome is also written to the file MESSAGE. The
 *       binary is copied by a container beside it, or else mounted.
 *   <li>{@code Main rescue JOBDIR [killed]}: takes over what a dead runner left.
 *   <li>{@code Main rehearse KEYS PASSWORD}: the beginning of a pod with nobody else, while an image is built; see {@link Rehearsal}.
 * </ul>
 */
public final class Main {
    private static final int NOT_REPORTED = 1;
    private static final int USAGE = 64;

    private Main() {}

    public static void main(String[] arguments) throws IOException, InterruptedException {
        PrintStream answers = System.out;
        try (HttpClient http = http()) {
            int exitCode = run(List.of(arguments), http, answers);
            http.shutdownNow();
            System.exit(exitCode);
        }
    }

    private static int run(List<String> arguments, HttpClient http, PrintStream answers)
            throws IOException, InterruptedException {
        boolean mounted = arguments.size() == 4 && arguments.getLast().equals("mounted");
        boolean alone =
                (arguments.size() == 3 || mounted) && arguments.getFirst().equals("pod");
        Equipment equipment = equipment(http, alone ? MemoryPeak.ofThisContainer() : MemoryPeak.unknown());
        Host host = new Host(equipment, Wiring::claimant);
        if (arguments.equals(List.of("host"))) {
            Runtime.getRuntime().addShutdownHook(new Thread(host::stop, "stop"));
            WarmUp.run(http);
            host.serve(new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)), answers);
            return 0;
        }
        if (arguments.size() == 2 && arguments.getFirst().equals("once")) {
            Runtime.getRuntime().addShutdownHook(new Thread(host::stop, "stop"));
            Assignment assignment =
                    Json.mapper().readValue(Path.of(arguments.get(1)).toFile(), Assignment.class);
            return told(host.execute(assignment), answers);
        }
        if (alone) {
            InPod pod = new InPod(host, Path.of(arguments.get(2)), !mounted);
            Runtime.getRuntime().addShutdownHook(new Thread(pod::stop, "stop"));
            return told(pod.run(Path.of(arguments.get(1))), answers);
        }
        if (arguments.size() == 3 && arguments.getFirst().equals("rehearse")) {
            WarmUp.run(http);
            new Rehearsal(host).run(Path.of(arguments.get(1)), arguments.get(2));
            return 0;
        }
        if (arguments.size() >= 2 && arguments.getFirst().equals("rescue")) {
            JobDirectory directory = new JobDirectory(Path.of(arguments.get(1)));
            return told(new Rescue(directory, equipment, arguments.contains("killed")).run(), answers);
        }
        System.err.println(
                "usage: host | once FILE | pod FILE MESSAGE [mounted] | rescue JOBDIR [killed] | rehearse KEYS PASSWORD");
        return USAGE;
    }

    private static int told(Outcome outcome, PrintStream answers) {
        answers.println(PhaseExecution.line(outcome));
        return outcome.end() == Outcome.End.UNREPORTED ? NOT_REPORTED : 0;
    }

    private static HttpClient http() throws IOException {
        HttpClient.Builder http =
                HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).connectTimeout(Duration.ofSeconds(10));
        Authorities.named(System.getenv()).ifPresent(http::sslContext);
        return http.build();
    }

    private static Equipment equipment(HttpClient http, MemoryPeak memory) {
        ThreadFactory daemons = Thread.ofPlatform().daemon().name("runner-", 0).factory();
        ScheduledExecutorService timer = Executors.newScheduledThreadPool(1, daemons);
        ExecutorService threads = Executors.newCachedThreadPool(daemons);
        return new Equipment(new Platform(http, Patience.of(Wiring.clock())), timer, threads, System.getenv(), memory);
    }
}
