package io.terrafleet.rego;

import io.terrafleet.rego.problem.RegoException;
import io.terrafleet.rego.syntax.Language;
import io.terrafleet.rego.syntax.ModuleParser;

/** Formats sources. */
public final class RegoFormatter {
    private RegoFormatter() {}

    /**
     * The source laid out anew; formatting twice changes nothing more. Throws {@link RegoException} when it does not parse.
     *
     * @param fileName only used in positions
     */
    public static String format(String fileName, String source, Language language) {
        return ModuleParser.laidOut(fileName, source, language);
    }
}
