package io.terrafleet.api.page;

import com.microsoft.playwright.BrowserContext;
import com.microsoft.playwright.BrowserType;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.Playwright;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Assumptions;

/** A real browser, if this machine has one; whatever it complains of is kept. */
final class Browser implements AutoCloseable {
    private static final List<String> NAMES = List.of("chromium", "chromium-browser", "google-chrome");
    private static final List<String> FLAGS = List.of(
            "--headless",
            "--no-sandbox",
            "--disable-gpu",
            "--disable-quic",
            "--no-first-run",
            "--disable-background-networking",
            "--disable-component-update",
            "--disable-sync");

    private final Playwright playwright;
    private final BrowserContext context;
    private final List<String> complaints = new ArrayList<>();

    private Browser(Path executable) {
        playwright = Playwright.create(
                new Playwright.CreateOptions().setEnv(Map.of("PLAYWRIGHT_SKIP_BROWSER_DOWNLOAD", "1")));
        BrowserType.LaunchPersistentContextOptions options = new BrowserType.LaunchPersistentContextOptions()
                .setExecutablePath(executable)
                .setHeadless(true)
                .setArgs(FLAGS)
                .setColorScheme(ColorScheme.LIGHT)
                .setViewportSize(1280, 900);
        context = playwright.chromium().launchPersistentContext(profile(), options);
        context.setDefaultTimeout(20_000);
        context.onConsoleMessage(message -> {
            if (message.type().equals("error") && !message.text().contains("status of 4")) {
                complaints.add(message.text());
            }
        });
        context.onWebError(error -> complaints.add(error.error()));
    }

    static Browser orSkip() {
        Optional<Path> executable = Arrays.stream(System.getenv("PATH").split(":"))
                .flatMap(directory -> NAMES.stream().map(name -> Path.of(directory, name)))
                .filter(Files::isExecutable)
                .findFirst();
        Assumptions.assumeTrue(executable.isPresent(), "skipped: no browser (looked for " + NAMES + " on the PATH)");
        return new Browser(executable.get());
    }

    Page page() {
        return context.pages().getFirst();
    }

    /** Errors of scripts and violations of the content security policy. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    @Override
    public void close() {
        context.close();
        playwright.close();
    }

    private static Path profile() {
        try {
            return Files.createTempDirectory("terrafleet-browser");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
