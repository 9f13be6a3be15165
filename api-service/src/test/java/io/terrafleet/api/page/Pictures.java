package io.terrafleet.api.page;

import static org.assertj.core.api.Assertions.assertThat;

import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/** Pictures of a page: light, dark and narrow, and whatever the accessibility rules say, when a directory and the rules are given. */
final class Pictures {
    private final Browser browser;
    private final Page page;

    Pictures(Browser browser) {
        this.browser = browser;
        this.page = browser.page();
    }

    void of(String name) {
        String directory = System.getProperty("terrafleet.pictures", "");
        if (!directory.isEmpty()) {
            browser.lookedAtBy(() -> take(Path.of(directory), name));
        }
    }

    private void take(Path pictures, String name) {
        for (ColorScheme scheme : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
            page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(scheme));
            shoot(pictures, name + "-" + scheme.name().toLowerCase(Locale.ROOT));
            accessibility(name + " " + scheme);
        }
        page.emulateMedia(new Page.EmulateMediaOptions().setColorScheme(ColorScheme.LIGHT));
        page.setViewportSize(390, 844);
        shoot(pictures, name + "-narrow");
        page.setViewportSize(1280, 900);
    }

    private void shoot(Path pictures, String name) {
        page.screenshot(new Page.ScreenshotOptions()
                .setPath(pictures.resolve(name + ".png"))
                .setFullPage(true));
    }

    private void accessibility(String what) {
        Path rules = Path.of(System.getProperty("terrafleet.axe", "axe.min.js"));
        if (!Files.isReadable(rules)) {
            return;
        }
        page.evaluate(read(rules));
        Object found = page.evaluate("async () => (await axe.run()).violations.map(v => v.id + ': '"
                + " + v.nodes.map(n => n.target.join(' ') + ' ' + n.failureSummary).join(' | '))");
        assertThat((List<?>) found).as(what).isEmpty();
    }

    private static String read(Path file) {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
