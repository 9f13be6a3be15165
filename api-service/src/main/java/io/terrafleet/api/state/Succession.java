package io.terrafleet.api.state;

import io.terrafleet.api.access.Principal;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.workspace.Holder;
import io.terrafleet.api.workspace.Lock;
import io.terrafleet.api.workspace.Workspace;
import io.terrafleet.contracts.RunId;
import java.util.Optional;

/** Whether one state may follow another, and who may say so. */
final class Succession {
    private Succession() {}

    /**
     * @param run that wrote it; it may write another content under the serial that it wrote itself
     * @throws Problem 409 when it belongs to other infrastructure, or is older than what is there
     */
    static void require(Optional<StateVersion> current, long serial, String lineage, String md5, Optional<RunId> run) {
        current.ifPresent(known -> {
            if (!lineage.isEmpty() && !known.lineage().isEmpty() && !lineage.equals(known.lineage())) {
                throw Problem.conflict(
                        "The state's lineage " + lineage + " is not the current state's, " + known.lineage()
                                + ": it was made for other infrastructure. Set \"force\" if you mean to replace it.");
            }
            if (serial < known.serial()) {
                throw Problem.conflict("The state's serial " + serial + " is older than the current state's, "
                        + known.serial() + ". Take the current state and apply the change again; to put this one in its"
                        + " place on purpose, give it a higher serial.");
            }
            boolean own = run.isPresent() && run.equals(known.run());
            if (serial == known.serial() && !md5.equals(known.md5()) && !own) {
                throw Problem.conflict("A state with serial " + serial + " and other content is there already."
                        + " Take the current state and apply the change again.");
            }
        });
    }

    /** 409 unless the caller holds the workspace. */
    static void requireHeldBy(Principal who, Workspace workspace) {
        Holder kind = Holder.of(who);
        Optional<Lock> lock = workspace.lock();
        if (lock.isEmpty()) {
            throw Problem.conflict(
                    "The workspace must be locked by you before its state is changed; it is not locked.");
        }
        if (!lock.get().isOf(kind, who.id())) {
            throw Problem.conflict("The workspace must be locked by you before its state is changed; it is locked by "
                    + lock.get().holder().title() + " " + lock.get().holderName() + ".");
        }
    }
}
