package io.terrafleet.contracts.runner;

import java.util.Optional;

/**
 * What a runner says when it is done with a job.
 *
 * @param log the end of the log, when it is small and was not sent yet
 */
public record LastWord(PhaseResult result, Optional<LogTail> log) {
    public static LastWord of(PhaseResult result) {
        return new LastWord(result, Optional.empty());
    }

    /**
     * @param offset where it belongs, counted from the beginning of the runner's own log
     * @param content at most {@value #MOST_BYTES} bytes; in JSON base64
     */
    @SuppressWarnings("ArrayRecordComponent")
    public record LogTail(long offset, byte[] content) {
        public static final int MOST_BYTES = 49_152;
    }
}
