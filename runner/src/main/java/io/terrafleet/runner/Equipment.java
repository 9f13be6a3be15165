package io.terrafleet.runner;

import io.terrafleet.runner.platform.Platform;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.ScheduledExecutorService;

/**
 * What a runner works with, kept from job to job.
 *
 * @param timer for time limits
 * @param threads for what goes on at the same time
 * @param environment of the runner's own process
 * @param memory of the container, when the job has one of its own
 */
record Equipment(
        Platform platform,
        ScheduledExecutorService timer,
        ExecutorService threads,
        Map<String, String> environment,
        MemoryPeak memory) {}
