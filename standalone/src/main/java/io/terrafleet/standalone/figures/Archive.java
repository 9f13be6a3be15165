package io.terrafleet.standalone.figures;

import io.terrafleet.standalone.platform.PlatformUnusable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** The pages that were kept, a JSON file each, named by their date. */
public final class Archive {
    private final Path directory;

    private Archive(Path directory) {
        this.directory = directory;
    }

    /** @param directory which need not be there */
    public static Archive of(Path directory) {
        return new Archive(directory);
    }

    /** The newest page that was made with as many runs, requests and so on. */
    public Optional<Page> last(boolean brief) {
        if (!Files.isDirectory(directory)) {
            return Optional.empty();
        }
        try (Stream<Path> files = Files.list(directory)) {
            List<Path> newestFirst = files.filter(file -> file.toString().endsWith(".json"))
                    .sorted(Comparator.comparing(Path::getFileName).reversed())
                    .toList();
            for (Path file : newestFirst) {
                Page page = Page.read(file);
                if (page.brief() == brief) {
                    return Optional.of(page);
                }
            }
            return Optional.empty();
        } catch (IOException e) {
            throw new PlatformUnusable(directory + " has a file that is no page of figures: " + e.getMessage(), e);
        }
    }
}
