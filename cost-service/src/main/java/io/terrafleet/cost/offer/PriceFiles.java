package io.terrafleet.cost.offer;

import io.terrafleet.cost.price.PriceBook;
import io.terrafleet.cost.price.PriceRow;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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
     * Keeps lists that were read to their ends: all of them, or none when there is no room.
     *
     * @return the files that they are kept in
     */
    public List<Path> keep(List<Offer> offers) throws OfferUnreadable {
        Map<Path, Path> written = new LinkedHashMap<>();
        try {
            Files.createDirectories(directory);
            for (Offer offer : offers) {
                Path half = Files.createTempFile(directory, "half", ".tmp");
                written.put(half, directory.resolve(name(offer)));
                KeptRows.write(Files.newOutputStream(half), offer.rows());
            }
            for (Map.Entry<Path, Path> each : written.entrySet()) {
                Files.move(
                        each.getKey(),
                        each.getValue(),
                        StandardCopyOption.ATOMIC_MOVE,
                        StandardCopyOption.REPLACE_EXISTING);
            }
            return List.copyOf(written.values());
        } catch (IOException e) {
            throw new OfferUnreadable("the prices cannot be kept in " + directory + ": " + e.getMessage(), e);
        } finally {
            written.keySet().forEach(PriceFiles::discard);
        }
    }

    private static void discard(Path half) {
        try {
            Files.deleteIfExists(half);
        } catch (IOException e) {
            throw new UncheckedIOException(half + " is half a price list and cannot be removed", e);
        }
    }

    private static String name(Offer offer) {
        String regions = offer.regions().size() == 1
                ? offer.regions().iterator().next()
                : offer.regions().size() + "-regions";
        return offer.published() + "_" + plain(offer.name()) + "_" + plain(regions) + "_" + plain(offer.version())
                + SUFFIX;
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
