package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.testkit.Await;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A terraform command that runs: what it prints is gathered, what is typed goes to its standard input. */
final class Screen {
    /** A plan with a large provider takes half a minute on a quiet machine, and three times that beside other journeys. */
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    private final String command;
    private final Process process;
    private final StringBuilder printed = new StringBuilder();
    private final Thread reader;

    Screen(String command, Process process) {
        this.command = command;
        this.process = process;
        this.reader = Thread.ofVirtual().start(this::read);
    }

    private void read() {
        byte[] buffer = new byte[8_192];
        try (InputStream output = process.getInputStream()) {
            for (int length = output.read(buffer); length >= 0; length = output.read(buffer)) {
                show(new String(buffer, 0, length, StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            show(e.toString());
        }
    }

    private void show(String piece) {
        synchronized (printed) {
            printed.append(piece);
        }
    }

    String text() {
        synchronized (printed) {
            return printed.toString();
        }
    }

    Screen until(String text) {
        String what = "\"" + text + "\" on the screen of " + command;
        try {
            Await.until(what, PATIENCE, () -> text().contains(text) || !process.isAlive());
        } catch (AssertionError e) {
            throw new AssertionError(e.getMessage() + ":\n" + text(), e);
        }
        if (!text().contains(text)) {
            throw new AssertionError(command + " ended without \"" + text + "\":\n" + text());
        }
        return this;
    }

    Screen type(String line) {
        try {
            process.getOutputStream().write((line + "\n").getBytes(StandardCharsets.UTF_8));
            process.getOutputStream().flush();
        } catch (IOException e) {
            throw new UncheckedIOException(command + " takes no input:\n" + text(), e);
        }
        return this;
    }

    /** Ctrl-D. */
    Screen closeInput() throws IOException {
        process.getOutputStream().close();
        return this;
    }

    /** Ctrl-C. */
    Screen interrupt() throws IOException, InterruptedException {
        int sent = new ProcessBuilder("sh", "-c", "kill -INT " + process.pid())
                .inheritIO()
                .start()
                .waitFor();
        assertThat(sent).as("kill -INT").isZero();
        return this;
    }

    /** Waits for its end. @return everything it printed */
    String ends(int exitCode) throws InterruptedException {
        if (!process.waitFor(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
            process.destroyForcibly();
            throw new AssertionError(command + " did not end:\n" + text());
        }
        reader.join();
        assertThat(process.exitValue()).as("%s\n%s", command, text()).isEqualTo(exitCode);
        return text();
    }
}
