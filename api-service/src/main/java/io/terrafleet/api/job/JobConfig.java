package io.terrafleet.api.job;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How runners are kept in touch with. */
@ConfigMapping(prefix = "terrafleet.job")
public interface JobConfig {
    /** A runner shows that it lives at least this often. */
    @WithDefault("2s")
    Duration heartbeatEvery();

    /** A runner that has not been heard of for this long is given up; its late writes are turned away. */
    @WithDefault("30s")
    Duration lease();

    /** Most bytes of one plan file, plan document or set of working files. */
    @WithDefault("268435456")
    long artifactLimit();

    /** Most bytes of one state. */
    @WithDefault("268435456")
    long stateLimit();
}
