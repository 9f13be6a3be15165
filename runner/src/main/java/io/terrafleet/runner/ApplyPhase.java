package io.terrafleet.runner;

import io.terrafleet.contracts.runner.Claim;
import io.terrafleet.contracts.runner.LastWord;
import io.terrafleet.runner.log.RunLog;
import io.terrafleet.runner.platform.Fenced;
import io.terrafleet.runner.platform.Lease;
import io.terrafleet.runner.platform.Platform;
import io.terrafleet.runner.state.ShippedNote;
import io.terrafleet.runner.state.StateShipper;
import io.terrafleet.runner.terraform.Arguments;
import io.terrafleet.runner.terraform.Leash;
import io.terrafleet.runner.terraform.Remarks;
import io.terrafleet.runner.terraform.Terraform;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** {@code apply} of the saved plan, its state shipped while it grows; what is left at its end, however it ends, is shipped or goes with the last word. */
final class ApplyPhase {
    static final String ERRORED_STATE = "errored.tfstate";

    record Ended(int exitCode, Remarks remarks) {}

    private final Platform platform;
    private final Lease lease;
    private final JobDirectory directory;
    private final Leash leash;
    private final Claim.Options options;
    private StateEnd stateEnd = StateEnd.SHIPPED;
    private Optional<byte[]> rest = Optional.empty();

    ApplyPhase(Platform platform, Lease lease, Claim.Options options, JobDirectory directory, Leash leash) {
        this.platform = platform;
        this.lease = lease;
        this.options = options;
        this.directory = directory;
        this.leash = leash;
    }

    Ended run(Terraform terraform, Path working, RunLog log)
            throws IOException, Fenced, InterruptedException, Leash.Stopped {
        ShippedNote note = new ShippedNote(directory.shipped());
        try (StateShipper shipper =
                new StateShipper(directory.stateFile(), platform, lease, note, () -> leash.kill(Leash.Cause.FENCED))) {
            shipper.start();
            Remarks remarks = new Remarks();
            try {
                stateEnd = StateEnd.kept("terraform has not ended");
                int exitCode = terraform.run("apply", Arguments.apply(options, directory.plan()), chunk -> {
                    remarks.read(chunk);
                    log.write(chunk);
                });
                log.flush();
                return new Ended(exitCode, remarks);
            } finally {
                shipLast(shipper, working.resolve(ERRORED_STATE));
            }
        }
    }

    private void shipLast(StateShipper shipper, Path errored) throws Fenced, IOException, InterruptedException {
        stateEnd = StateEnd.kept("the platform gave this runner up");
        StateShipper.Ending ending = shipper.finishButFor(errored, LastWord.MOST_STATE_BYTES);
        stateEnd = ending.trouble().map(StateEnd::kept).orElse(StateEnd.SHIPPED);
        rest = ending.rest();
        if (ending.trouble().isPresent()) {
            keep(errored);
        }
    }

    /** The last state, when it is to go with the last word. */
    Optional<byte[]> rest() {
        return rest;
    }

    private void keep(Path errored) throws IOException {
        if (Files.exists(errored)) {
            Files.copy(errored, directory.state().resolve(ERRORED_STATE), StandardCopyOption.REPLACE_EXISTING);
        }
    }

    StateEnd stateEnd() {
        return stateEnd;
    }
}
