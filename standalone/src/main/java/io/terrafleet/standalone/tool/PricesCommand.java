package io.terrafleet.standalone.tool;

import io.terrafleet.cost.offer.Offer;
import io.terrafleet.cost.offer.OfferUnreadable;
import io.terrafleet.cost.offer.Offers;
import io.terrafleet.cost.offer.PriceFiles;
import io.terrafleet.standalone.author.ToolFailure;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** The price book's imported part. */
@Command(
        name = "prices",
        description = "Takes sellers' price lists into the price book.",
        synopsisSubcommandLabel = "COMMAND",
        subcommands = {PricesCommand.ImportCommand.class, PricesCommand.ListCommand.class})
public final class PricesCommand {
    private static final long MEGABYTE = 1_048_576;

    @Command(
            name = "import",
            description = {
                "Takes AWS offer files (JSON or CSV), Azure retail prices (JSON) or a GCP catalogue (YAML), also gzipped.",
                "Pages of Azure's prices are one list, in the order given. All files or none are taken. Older versions are kept; the newest of each list is used."
            })
    static final class ImportCommand implements Callable<Integer> {
        @Spec
        @Nullable
        CommandSpec spec;

        @Mixin
        PriceOptions prices = new PriceOptions();

        @Parameters(paramLabel = "FILE", arity = "1..100", description = "A price list.")
        List<Path> files = List.of();

        @Override
        public Integer call() {
            PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
            PrintWriter err = Objects.requireNonNull(spec).commandLine().getErr();
            List<Offer> offers = read(files, err);
            PriceFiles kept = new PriceFiles(prices.directory());
            keep(kept, offers);
            for (Offer offer : offers) {
                out.println(offer.name() + " " + offer.version() + ", published " + offer.published() + ": "
                        + offer.rows().size() + " prices of " + offer.products() + " entries, "
                        + String.join(" ", offer.currencies()) + ", "
                        + (offer.regions().size() <= 5
                                ? String.join(" ", offer.regions())
                                : offer.regions().size() + " regions"));
            }
            out.println("The price book has " + kept.book().size() + " prices.");
            out.flush();
            return 0;
        }

        private static List<Offer> read(List<Path> files, PrintWriter err) {
            try {
                return Offers.read(
                        files,
                        (file, bytes) -> err.println("  " + file.getFileName() + ": " + bytes / MEGABYTE + " MB"));
            } catch (OfferUnreadable e) {
                throw new ToolFailure(e.getMessage() + "\nNothing was taken.", e);
            }
        }

        private static void keep(PriceFiles kept, List<Offer> offers) {
            try {
                kept.keep(offers);
            } catch (OfferUnreadable e) {
                throw new ToolFailure(e.getMessage() + "\nNothing was taken.", e);
            }
        }
    }

    @Command(name = "list", description = "Lists the imported versions, the oldest first.")
    static final class ListCommand implements Callable<Integer> {
        @Spec
        @Nullable
        CommandSpec spec;

        @Mixin
        PriceOptions prices = new PriceOptions();

        @Override
        public Integer call() {
            PrintWriter out = Objects.requireNonNull(spec).commandLine().getOut();
            PriceFiles kept = new PriceFiles(prices.directory());
            kept.versions().forEach(version -> out.println(version.getFileName()));
            out.println("The price book has " + kept.book().size() + " prices.");
            out.flush();
            return 0;
        }
    }
}
