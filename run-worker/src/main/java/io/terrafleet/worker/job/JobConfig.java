package io.terrafleet.worker.job;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.util.Optional;

/** How this worker names itself, and where its jobs run. */
@ConfigMapping(prefix = "terrafleet.worker.job")
public interface JobConfig {
    enum Where {
        PROCESS,
        KUBERNETES
    }

    /** Where jobs run: {@code process}, on the worker's machine, or {@code kubernetes}, as pods. */
    @WithDefault("process")
    Where executor();

    /** Name of this worker in events and for people; without it the machine's host name. */
    Optional<String> workerName();
}
