package io.terrafleet.contracts.event;

import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.WorkspaceId;
import java.time.Instant;

/** What the cost-service is asked for, and what it has to know of workspaces. Topic {@code terrafleet.cost-requests}. */
public sealed interface CostRequest extends Fact {

    /**
     * A price list lies ready to be taken into the book. The key is the list.
     *
     * @param list {@code plist-} and 16 letters or digits
     * @param content AWS offer file, Azure retail prices or GCP catalogue, also gzipped
     */
    record PriceListUploaded(String list, ArtifactRef content, Instant at) implements CostRequest {
        @Override
        public String key() {
            return list;
        }
    }

    /**
     * A price list is to be used, or not; older versions of it are used when newer ones are not. The key is the list.
     *
     * @param list its id
     */
    record PriceListSwitched(String list, boolean used, Instant at) implements CostRequest {
        @Override
        public String key() {
            return list;
        }
    }

    /** A workspace is gone; it counts for nothing from then on. The key is the workspace. */
    record WorkspaceForgotten(WorkspaceId workspace, Instant at) implements CostRequest {
        @Override
        public String key() {
            return workspace.value();
        }
    }
}
