package io.terrafleet.api.organization;

/** A question to the rooms that come later: how many runs of the organization wait, and how many are at work? They add theirs. */
public final class OrganizationCapacity {
    private final String organizationId;
    private long pending;
    private long running;

    OrganizationCapacity(String organizationId) {
        this.organizationId = organizationId;
    }

    public String organizationId() {
        return organizationId;
    }

    /** Called by an observer of this event. */
    public void add(long pendingRuns, long runningRuns) {
        pending += pendingRuns;
        running += runningRuns;
    }

    public long pending() {
        return pending;
    }

    public long running() {
        return running;
    }
}
