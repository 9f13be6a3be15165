package io.terrafleet.api.workspace;

import java.time.Instant;

/**
 * Who holds a workspace.
 *
 * @param holderId of the run, the user or the organization
 * @param holderName for people
 * @param reason as the holder gave it, may be empty
 */
public record Lock(Holder holder, String holderId, String holderName, String reason, Instant since) {
    public boolean isOf(Holder kind, String id) {
        return holder == kind && holderId.equals(id);
    }
}
