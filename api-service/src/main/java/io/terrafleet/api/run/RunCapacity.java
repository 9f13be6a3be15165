package io.terrafleet.api.run;

import io.terrafleet.api.organization.Organizations;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.util.Optional;

/**
 * How many runs of one organization are worked on at a time, where the installation or its administrator says so. A plan waits for a place, an
 * apply never: its plan had one. Runs of agents have no part in it, for their measure is the number of agents.
 */
@ApplicationScoped
class RunCapacity {
    private final RunStore store;
    private final Organizations organizations;
    private final RunConfig config;

    RunCapacity(RunStore store, Organizations organizations, RunConfig config) {
        this.store = store;
        this.organizations = organizations;
        this.config = config;
    }

    /** Empty when there is no limit. */
    @Transactional
    Optional<Integer> most(String organizationId) {
        return organizations
                .find(organizationId)
                .flatMap(organization -> organization.limits().runs())
                .or(config::organizationConcurrency);
    }

    /** Whether the run may begin. Two who ask for the same organization are told one after the other, the second when the first is done. */
    @Transactional(Transactional.TxType.MANDATORY)
    boolean takes(RunEntity run) {
        boolean waits = run.agentPoolId == null && run.status.equals("pending");
        Optional<Integer> most = waits ? most(run.organizationId) : Optional.empty();
        if (most.isEmpty()) {
            return true;
        }
        store.oneByOne(run.organizationId);
        return store.countWorking(run.organizationId) < most.get();
    }
}
