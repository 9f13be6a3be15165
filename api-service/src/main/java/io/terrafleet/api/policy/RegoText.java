package io.terrafleet.api.policy;

import io.terrafleet.api.problem.Problem;
import io.terrafleet.rego.RegoModule;
import io.terrafleet.rego.problem.RegoException;
import io.terrafleet.rego.syntax.Language;

/** Whether a text is Rego at all. What it means is for its judge, who asks it together with the rest of its set. */
final class RegoText {
    private RegoText() {}

    /**
     * Taken as the judge takes it: version 1 of the language, or what only parses as version 0.
     *
     * @param file as the problem is to name it
     * @throws Problem 422 with line and column of the first mistake
     */
    static void require(String file, String text) {
        try {
            RegoModule.parse(file, text);
        } catch (RegoException notNew) {
            if (!isOld(file, text)) {
                throw Problem.unprocessable(
                        "The text is not a Rego policy. " + notNew.errors().getFirst());
            }
        }
    }

    private static boolean isOld(String file, String text) {
        try {
            RegoModule.parse(file, text, Language.V0);
            return true;
        } catch (RegoException notOld) {
            return false;
        }
    }
}
