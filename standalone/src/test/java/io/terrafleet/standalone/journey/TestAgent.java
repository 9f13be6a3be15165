package io.terrafleet.standalone.journey;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/** An agent as a process of its own, that knows the platform's address and a token and nothing else. */
record TestAgent(Process process, Screen screen) implements AutoCloseable {
    TestAgent(Process process) {
        this(process, new Screen("agent", process));
    }

    /** {@code ./terrafleet agent}. */
    static TestAgent start(
            URI platform, String token, String name, Path data, Map<String, String> environment, String... options)
            throws IOException {
        List<String> command = new ArrayList<>(List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-Xmx128m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "--enable-native-access=ALL-UNNAMED",
                "--sun-misc-unsafe-memory-access=allow",
                "-Dterrafleet.root=" + TestPlatform.root(),
                "-jar",
                TestPlatform.jar().toString(),
                "agent",
                "--url",
                platform.toString(),
                "--name",
                name,
                "--data",
                data.toString()));
        command.addAll(1, FastStart.options());
        command.addAll(List.of(options));
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().put("TERRAFLEET_AGENT_TOKEN", token);
        builder.environment().putAll(environment);
        Process process = builder.start();
        return new TestAgent(process, new Screen("agent " + name, process));
    }

    /** Connected when it returns; an agent that never does is not left behind. */
    TestAgent ready() throws InterruptedException {
        try {
            screen.until("connected to ");
            return this;
        } catch (AssertionError e) {
            close();
            throw e;
        }
    }

    /** Runners live on. */
    void killNine() throws InterruptedException {
        process.destroyForcibly().waitFor();
    }

    /** With all that runs on its machine. */
    void killWithItsRunners() throws InterruptedException {
        List<ProcessHandle> all = process.descendants().toList();
        killNine();
        all.forEach(ProcessHandle::destroyForcibly);
    }

    @Override
    public void close() throws InterruptedException {
        List<ProcessHandle> all = process.descendants().toList();
        process.destroy();
        if (!process.waitFor(3, TimeUnit.MINUTES)) {
            process.destroyForcibly();
            throw new AssertionError("the agent did not stop:\n" + screen.text());
        }
        all.forEach(ProcessHandle::destroyForcibly);
    }
}
