package io.terrafleet.contracts.event;

import java.util.Optional;

/**
 * What a phase asks of its node and may use of it, as far as somebody has said so; what is absent the worker decides.
 *
 * @param cpuRequest thousandths of a processor
 * @param cpuLimit thousandths of a processor
 * @param memoryRequest bytes
 * @param memoryLimit bytes
 * @param disk bytes
 */
public record RunSize(
        Optional<Long> cpuRequest,
        Optional<Long> cpuLimit,
        Optional<Long> memoryRequest,
        Optional<Long> memoryLimit,
        Optional<Long> disk) {
    public static final RunSize UNSAID =
            new RunSize(Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());

    /** This one, and the other where this one says nothing. */
    public RunSize or(RunSize other) {
        return new RunSize(
                cpuRequest.or(other::cpuRequest),
                cpuLimit.or(other::cpuLimit),
                memoryRequest.or(other::memoryRequest),
                memoryLimit.or(other::memoryLimit),
                disk.or(other::disk));
    }
}
