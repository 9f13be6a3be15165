package io.terrafleet.runner.platform;

import io.terrafleet.contracts.runner.Claim;

/** How asking for a job ended. */
public sealed interface Claiming {
    record Won(Claim claim, Lease lease) implements Claiming {}

    /** Another runner has it. */
    record Taken() implements Claiming {}

    /** Nobody waits for it any more, or it was never known. */
    record Unwanted() implements Claiming {}
}
