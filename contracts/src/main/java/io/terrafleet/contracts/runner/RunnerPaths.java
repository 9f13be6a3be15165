package io.terrafleet.contracts.runner;

import io.terrafleet.contracts.JobId;

/** The paths of the runner's protocol, relative to the api's base URL. */
public final class RunnerPaths {
    /** On every write of a runner: the fencing number of its lease, in decimal. */
    public static final String FENCE_HEADER = "X-Terrafleet-Fence";
    /** On uploads: SHA-256 of the body, hexadecimal, lower case. */
    public static final String SHA256_HEADER = "X-Content-SHA256";

    private RunnerPaths() {}

    public static String claim(JobId job) {
        return base(job) + "/claim";
    }

    public static String heartbeat(JobId job) {
        return base(job) + "/heartbeat";
    }

    public static String configuration(JobId job) {
        return base(job) + "/configuration";
    }

    public static String state(JobId job) {
        return base(job) + "/state";
    }

    public static String log(JobId job, long offset) {
        return base(job) + "/log?offset=" + offset;
    }

    public static String artifact(JobId job, RunArtifact kind) {
        return base(job) + "/artifacts/" + kind.word();
    }

    public static String result(JobId job) {
        return base(job) + "/result";
    }

    private static String base(JobId job) {
        return "/api/runner/v1/jobs/" + job;
    }
}
