package io.terrafleet.runner.platform;

import io.terrafleet.contracts.JobId;
import java.net.URI;

/** The right to act for a job. */
public record Lease(URI api, JobId job, String token, long fence) {
    @Override
    public String toString() {
        return "Lease[" + job + ", fence " + fence + "]";
    }
}
