package io.terrafleet.cost.offer;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.function.LongConsumer;
import java.util.function.ObjLongConsumer;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import java.util.zip.ZipException;

/** The door: reads a price list of any known format as a stream, however large, to its end or not at all. */
public final class Offers {
    private static final int HEAD = 4_096;

    private Offers() {}

    /**
     * @param file AWS offer file (JSON or CSV), Azure retail prices (a page, or a list of pages), or a GCP catalogue (YAML), each
     *     also with gzip
     * @param progress how many bytes of the unpacked list have been read
     */
    public static Offer read(Path file, LongConsumer progress) throws OfferUnreadable {
        return read(file, String.valueOf(file.getFileName()), progress);
    }

    /** @param name what errors call the file */
    public static Offer read(Path file, String name, LongConsumer progress) throws OfferUnreadable {
        return read(List.of(file), name, progress);
    }

    /**
     * Reads several files. Pages of Azure's retail prices are one list, in the order given; every other file is a list of its own.
     *
     * @param progress the file that is read, and how many bytes of it have been read unpacked; of pages, of all of them
     */
    public static List<Offer> read(List<Path> files, ObjLongConsumer<Path> progress) throws OfferUnreadable {
        List<Offer> offers = new ArrayList<>();
        List<Path> pages = new ArrayList<>();
        for (Path file : files) {
            if (files.size() > 1 && isAzure(file)) {
                pages.add(file);
            } else {
                offers.add(read(file, bytes -> progress.accept(file, bytes)));
            }
        }
        if (!pages.isEmpty()) {
            Path first = pages.getFirst();
            String name = pages.size() == 1 ? String.valueOf(first.getFileName()) : pages.size() + " pages";
            offers.add(read(pages, name, bytes -> progress.accept(first, bytes)));
        }
        return offers;
    }

    private static boolean isAzure(Path file) throws OfferUnreadable {
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), HEAD);
                InputStream in = unpacked(raw)) {
            return azure(begin(new String(in.readNBytes(HEAD), StandardCharsets.UTF_8)));
        } catch (NoSuchFileException e) {
            throw new OfferUnreadable("there is no file " + file, e);
        } catch (IOException e) {
            throw new OfferUnreadable(file.getFileName() + " cannot be read: " + e.getMessage(), e);
        }
    }

    private static Offer read(List<Path> parts, String name, LongConsumer progress) throws OfferUnreadable {
        try (InputStream all = new SequenceInputStream(new Parts(parts.iterator()));
                InputStream in = new BufferedInputStream(new Counted(all, progress), 1 << 16)) {
            Offer offer = read(in);
            if (offer.rows().isEmpty()) {
                throw new OfferUnreadable("the list has " + offer.products()
                        + " products and none that the estimator knows, so nothing was taken");
            }
            return offer;
        } catch (UncheckedIOException e) {
            throw unreadable(name, Objects.requireNonNull(e.getCause()));
        } catch (IOException e) {
            throw unreadable(name, e);
        } catch (OfferUnreadable e) {
            throw new OfferUnreadable(name + ": " + e.getMessage(), e);
        }
    }

    private static OfferUnreadable unreadable(String name, IOException e) {
        return switch (e) {
            case NoSuchFileException missing -> new OfferUnreadable("there is no file " + missing.getFile(), missing);
            case EOFException half -> new OfferUnreadable(name + " breaks off or is no gzip file", half);
            case ZipException broken -> new OfferUnreadable(name + " breaks off or is no gzip file", broken);
            default -> new OfferUnreadable(name + " cannot be read: " + e.getMessage(), e);
        };
    }

    /** The files' contents, unpacked, each opened when its turn comes. */
    @SuppressWarnings("JdkObsolete") // the only form in which a SequenceInputStream takes its parts one by one
    private record Parts(Iterator<Path> files) implements Enumeration<InputStream> {
        @Override
        public boolean hasMoreElements() {
            return files.hasNext();
        }

        @Override
        public InputStream nextElement() {
            try {
                return unpacked(new BufferedInputStream(Files.newInputStream(files.next()), 1 << 16));
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private static InputStream unpacked(InputStream raw) throws IOException {
        raw.mark(2);
        boolean packed = raw.read() == 0x1f && raw.read() == 0x8b;
        raw.reset();
        return packed ? new GZIPInputStream(raw, 1 << 16) : raw;
    }

    private static Offer read(InputStream in) throws IOException, OfferUnreadable {
        in.mark(HEAD + 1);
        String head = new String(in.readNBytes(HEAD), StandardCharsets.UTF_8);
        in.reset();
        String begin = begin(head);
        if (azure(begin)) {
            return AzureRetail.read(in);
        }
        if (begin.startsWith("{") || begin.startsWith("[")) {
            return OfferJson.read(in);
        }
        if (begin.startsWith("\"FormatVersion\"") || begin.startsWith("FormatVersion")) {
            return OfferCsv.read(in);
        }
        if (begin.startsWith("---") || begin.startsWith("about:") || begin.startsWith("compute:")) {
            return GcpCatalogue.read(in);
        }
        throw new OfferUnreadable("it is none of: an AWS offer file (JSON or CSV), Azure retail prices (JSON),"
                + " a GCP catalogue (YAML)");
    }

    private static String begin(String head) {
        return head.replace("\uFEFF", "").stripLeading();
    }

    private static boolean azure(String begin) {
        return (begin.startsWith("{") || begin.startsWith("["))
                && Stream.of("\"BillingCurrency\"", "\"Items\"", "\"armRegionName\"", "\"retailPrice\"")
                        .anyMatch(begin::contains);
    }
}
