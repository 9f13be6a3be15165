package io.terrafleet.worker.job;

import io.smallrye.config.ConfigMapping;
import java.util.Optional;

/** How this worker names itself. */
@ConfigMapping(prefix = "terrafleet.worker.job")
public interface JobConfig {
    /** Name of this worker in events and for people; without it the machine's host name. */
    Optional<String> workerName();
}
