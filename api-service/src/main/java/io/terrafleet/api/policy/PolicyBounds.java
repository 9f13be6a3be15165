package io.terrafleet.api.policy;

import io.terrafleet.api.problem.Problem;
import jakarta.enterprise.context.ApplicationScoped;

/** How much policy an organization and a set may have: it all rides in one event, and is read into memory by its judge. */
@ApplicationScoped
class PolicyBounds {
    static final int MOST_POLICIES = 1_000;
    static final int MOST_SETS = 100;
    static final int MOST_PARAMETERS = 100;
    static final int MOST_TARGETS = 5_000;
    static final int MOST_TEXT_BYTES = 1_000_000;
    private static final long MOST_TEXT_BYTES_OF_SET = 16_000_000;
    private static final long MOST_EVENT_BYTES = 400_000;

    private final PolicyStore store;

    PolicyBounds(PolicyStore store) {
        this.store = store;
    }

    /** To be asked after a change, before its transaction ends. */
    void require(String organizationId) {
        long bytes = store.eventBytes(organizationId);
        if (bytes > MOST_EVENT_BYTES) {
            throw Problem.unprocessable(
                    "The policy sets of this organization, with the names, queries, descriptions and parameters"
                            + " in them, would have " + bytes + " bytes; at most " + MOST_EVENT_BYTES
                            + " are accepted.");
        }
    }

    void requireText(String policySetId) {
        long bytes = store.textBytes(policySetId);
        if (bytes > MOST_TEXT_BYTES_OF_SET) {
            throw Problem.unprocessable("The policies of the set " + policySetId + " would have " + bytes
                    + " bytes of Rego; at most " + MOST_TEXT_BYTES_OF_SET + " are accepted.");
        }
    }
}
