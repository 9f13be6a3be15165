package io.terrafleet.cost.offer;

import io.terrafleet.cost.price.PriceBook;
import io.terrafleet.cost.price.PriceRow;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/**
 * Imported prices on disk, one file for each list and version; older versions stay and are overridden by newer ones. A file appears
 * whole or not at all.
 */
public final class PriceFiles {
    private static final String SUFFIX = ".prices.csv.gz";

    private final Path directory;

    public PriceFiles(Path directory) {
        this.directory = directory;
    }

    /**
     * Keeps a list that was read to its end.
     *
     * @return the file that it is kept in
     */
    public Path keep(Offer offer) throws OfferUnreadable {
        String regions = offer.regions().size() == 1
                ? offer.regions().iterator().next()
                : offer.regions().size() + "-regions";
        String name = offer.published() + "_" + plain(offer.name()) + "_" + plain(regions) + "_"
                + plain(offer.version()) + SUFFIX;
        Path file = directory.resolve(name);
        try {
            Files.createDirectories(directory);
            Path half = Files.createTempFile(directory, "half", ".tmp");
            try {
                KeptRows.write(Files.newOutputStream(half), offer.rows());
                Files.move(half, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            } finally {
                Files.deleteIfExists(half);
            }
        } catch (IOException e) {
            throw new OfferUnreadable("the prices cannot be kept in " + directory + ": " + e.getMessage(), e);
        }
        return file;
    }

    /** All versions, the oldest first. */
    public List<Path> versions() {
        if (!Files.isDirectory(directory)) {
            return List.of();
        }
        try (Stream<Path> files = Files.list(directory)) {
            return files.filter(file -> file.getFileName().toString().endsWith(SUFFIX))
                    .sorted()
                    .toList();
        } catch (IOException e) {
            throw new UncheckedIOException("the prices in " + directory + " cannot be listed", e);
        }
    }

    /** The shipped book with everything that was imported over it, newest last. */
    public PriceBook book() {
        return book(types -> true);
    }

    /**
     * As {@link #book()}, but only with the lists of sellers whose types are wanted: reading them all takes a while.
     *
     * @param wanted asked with the beginning of a seller's types, for example {@code google_}
     */
    public PriceBook book(Predicate<String> wanted) {
        PriceBook book = PriceBook.shipped();
        for (Path version : versions()) {
            if (wanted.test(types(version.getFileName().toString()))) {
                book = book.with(read(version));
            }
        }
        return book;
    }

    private static String types(String file) {
        return file.contains("_gcp-catalogue_") ? "google_" : file.contains("_azure-retail_") ? "azurerm_" : "aws_";
    }

    private static String plain(String name) {
        return name.replaceAll("[^A-Za-z0-9.-]", "-");
    }

    private static List<PriceRow> read(Path file) {
        try (InputStream in = Files.newInputStream(file)) {
            return KeptRows.read(in, file.toString());
        } catch (IOException e) {
            throw new UncheckedIOException(file + " cannot be read; import the list again", e);
        }
    }
}
