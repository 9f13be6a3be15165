package io.terrafleet.cost.pricelist;

import io.quarkus.narayana.jta.QuarkusTransaction;
import io.terrafleet.contracts.event.CostReport;
import io.terrafleet.contracts.event.CostReport.PriceListProgressed;
import io.terrafleet.contracts.event.CostReport.PriceListRefused;
import io.terrafleet.contracts.event.CostReport.PriceListTaken;
import io.terrafleet.contracts.event.CostRequest.PriceListSwitched;
import io.terrafleet.contracts.event.CostRequest.PriceListUploaded;
import io.terrafleet.cost.download.Downloads;
import io.terrafleet.cost.download.Unavailable;
import io.terrafleet.cost.offer.Offer;
import io.terrafleet.cost.offer.OfferUnreadable;
import io.terrafleet.cost.offer.Offers;
import io.terrafleet.cost.price.PriceBook;
import io.terrafleet.messaging.Inbox;
import io.terrafleet.messaging.Messaging;
import io.terrafleet.messaging.Outbox;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.function.Supplier;
import org.jboss.logging.Logger;

/** The door: takes uploaded lists into the book, and knows the book to price by now. */
public final class PriceLists {
    private static final Logger LOG = Logger.getLogger(PriceLists.class);
    private static final String CONSUMER = "price-lists";
    private static final int MOST_REGIONS = 100;
    private static final int LONGEST_REASON = 2_000;

    private final PriceBook base;
    private final PriceListStore store;
    private final Downloads downloads;
    private final Inbox inbox;
    private final Outbox outbox;
    private final InstantSource clock;
    private volatile Read read;

    private record Read(long revision, PriceBook book) {}

    /** @param base what uploaded lists lie over */
    public PriceLists(
            PriceBook base, PriceListStore store, Downloads downloads, Messaging messaging, InstantSource clock) {
        this.base = base;
        this.store = store;
        this.downloads = downloads;
        this.inbox = messaging.inbox();
        this.outbox = messaging.outbox();
        this.clock = clock;
        this.read = new Read(0, base);
    }

    /** The book as it is now, whichever instance changed it; read again only after a change. */
    public PriceBook book() {
        long revision = store.revision();
        Read known = read;
        if (known.revision() == revision) {
            return known.book();
        }
        synchronized (this) {
            if (read.revision() != revision) {
                read = new Read(revision, assembled());
                LOG.infof(
                        "the price book has %d prices now (revision %d)",
                        read.book().size(), revision);
            }
            return read.book();
        }
    }

    private PriceBook assembled() {
        PriceBook[] book = {base};
        store.used(rows -> book[0] = book[0].with(rows));
        return book[0];
    }

    /**
     * Reads an uploaded list to its end and takes it, or says why nothing of it was taken. Once, however often it is told.
     *
     * @throws io.terrafleet.messaging.TryLater when the api cannot serve the list now
     */
    public void take(String eventId, PriceListUploaded uploaded) {
        if (inbox.hasTaken(CONSUMER, eventId)) {
            return;
        }
        try {
            Offer offer = read(uploaded);
            once(eventId, () -> {
                store.put(uploaded.list(), offer, clock.instant());
                return new PriceListTaken(
                        uploaded.list(),
                        offer.name(),
                        offer.version(),
                        offer.published(),
                        offer.regions().stream().limit(MOST_REGIONS).toList(),
                        offer.currencies().stream().toList(),
                        offer.rows().size(),
                        offer.products(),
                        clock.instant());
            });
        } catch (OfferUnreadable e) {
            refuse(eventId, uploaded, String.valueOf(e.getMessage()));
        } catch (Unavailable e) {
            refuse(eventId, uploaded, e.reason());
        }
    }

    /** Reading failed again and again for a reason of ours. */
    public void giveUp(String eventId, PriceListUploaded uploaded) {
        refuse(eventId, uploaded, "Reading this list failed in the cost-service; its log has the cause");
    }

    /** Uses a list, or no longer. */
    public void change(String eventId, PriceListSwitched switched) {
        QuarkusTransaction.joiningExisting().run(() -> {
            if (inbox.take(CONSUMER, eventId)) {
                store.use(switched.list(), switched.used());
            }
        });
    }

    private Offer read(PriceListUploaded uploaded) throws OfferUnreadable, Unavailable {
        try {
            Path file = Files.createTempFile("price-list", ".tmp");
            try {
                downloads.fetch(uploaded.content(), "price list", file);
                return Offers.read(file, "the list", bytes -> progress(uploaded, bytes));
            } finally {
                Files.deleteIfExists(file);
            }
        } catch (IOException e) {
            throw new UncheckedIOException("there is no room for price list " + uploaded.list(), e);
        }
    }

    private void progress(PriceListUploaded uploaded, long bytes) {
        QuarkusTransaction.requiringNew()
                .run(() -> outbox.add(new PriceListProgressed(uploaded.list(), bytes, clock.instant())));
    }

    private void refuse(String eventId, PriceListUploaded uploaded, String why) {
        String reason = why.length() > LONGEST_REASON ? why.substring(0, LONGEST_REASON) + "…" : why;
        once(eventId, () -> new PriceListRefused(uploaded.list(), reason, clock.instant()));
    }

    private void once(String eventId, Supplier<CostReport> report) {
        QuarkusTransaction.joiningExisting().run(() -> {
            if (inbox.take(CONSUMER, eventId)) {
                outbox.add(report.get());
            }
        });
    }
}
