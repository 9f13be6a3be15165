package io.terrafleet.cost.offer;

import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.function.LongConsumer;
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
        try (InputStream raw = new BufferedInputStream(Files.newInputStream(file), 1 << 16);
                InputStream in = new BufferedInputStream(new Counted(unpacked(raw), progress), 1 << 16)) {
            Offer offer = read(in);
            if (offer.rows().isEmpty()) {
                throw new OfferUnreadable("the list has " + offer.products()
                        + " products and none that the estimator knows, so nothing was taken");
            }
            return offer;
        } catch (NoSuchFileException e) {
            throw new OfferUnreadable("there is no file " + file, e);
        } catch (EOFException | ZipException e) {
            throw new OfferUnreadable(file.getFileName() + " breaks off or is no gzip file", e);
        } catch (IOException e) {
            throw new OfferUnreadable(file.getFileName() + " cannot be read: " + e.getMessage(), e);
        } catch (OfferUnreadable e) {
            throw new OfferUnreadable(file.getFileName() + ": " + e.getMessage(), e);
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
        String begin = head.replace("\uFEFF", "").stripLeading();
        if (begin.startsWith("{") || begin.startsWith("[")) {
            boolean azure = begin.contains("\"BillingCurrency\"")
                    || begin.contains("\"Items\"")
                    || begin.contains("\"armRegionName\"")
                    || begin.contains("\"retailPrice\"");
            return azure ? AzureRetail.read(in) : OfferJson.read(in);
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
}
