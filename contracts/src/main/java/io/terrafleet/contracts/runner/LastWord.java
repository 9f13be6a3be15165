package io.terrafleet.contracts.runner;

import java.util.Optional;

/**
 * What a runner says when it is done with a job.
 *
 * @param log the end of the log, when it is small and was not sent yet
 * @param state the last state of an apply as terraform wrote it, at most {@value #MOST_STATE_BYTES} bytes, when it was not sent yet; in
 *     JSON base64. A state that is refused refuses the whole.
 * @param peakMemory bytes: the most that the phase had in memory at one time, in a container of its own; absent elsewhere
 */
@SuppressWarnings("ArrayRecordComponent")
public record LastWord(PhaseResult result, Optional<LogTail> log, Optional<byte[]> state, Optional<Long> peakMemory) {
    public static final int MOST_STATE_BYTES = 65_536;

    public LastWord(PhaseResult result, Optional<LogTail> log, Optional<byte[]> state) {
        this(result, log, state, Optional.empty());
    }

    public static LastWord of(PhaseResult result) {
        return new LastWord(result, Optional.empty(), Optional.empty());
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
