package io.terrafleet.runner;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonValue;
import io.terrafleet.contracts.JobId;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;

/**
 * What became of an assignment; the line of JSON a runner answers with and the job directory's last file.
 *
 * @param message a sentence for people; no secrets
 * @param keptState where state lies that the platform did not accept
 */
public record Outcome(JobId job, End end, String message, Optional<String> keptState) {
    public enum End {
        /** The platform has the result. */
        REPORTED,
        /** Another runner has the job. */
        NOT_OURS,
        /** Nobody wants the job any more. */
        UNWANTED,
        /** The platform gave this runner up while it worked. */
        FENCED,
        /** The work ended but the platform could not be told. */
        UNREPORTED,
        /** A runner died over a plan; nothing is lost and it may be tried again. */
        LOST,
        /** A runner died before it claimed the job. */
        NOT_BEGUN,
        /** There is no binary where it should be, and none is to come. */
        NO_BINARY;

        @JsonValue
        public String word() {
            return name().toLowerCase(Locale.ROOT).replace('_', '-');
        }

        @JsonCreator
        public static End of(String word) {
            return Arrays.stream(values())
                    .filter(end -> end.word().equals(word))
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("unknown end \"" + word + "\""));
        }
    }

    static Outcome of(JobId job, End end, String message) {
        return new Outcome(job, end, message, Optional.empty());
    }
}
