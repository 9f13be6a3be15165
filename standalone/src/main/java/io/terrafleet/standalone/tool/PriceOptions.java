package io.terrafleet.standalone.tool;

import java.nio.file.Path;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Where imported prices are. */
final class PriceOptions {
    @Option(
            names = "--prices",
            paramLabel = "DIRECTORY",
            description = "Where imported prices are kept (.terrafleet/data/prices, where up reads them at its start).")
    @Nullable
    Path prices;

    Path directory() {
        return prices != null
                ? prices
                : Path.of(System.getProperty("terrafleet.root", "."), ".terrafleet", "data", "prices");
    }
}
