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

    /** A runner that plans and has not been heard of for this long is given up; its late writes are turned away. */
    @WithDefault("30s")
    Duration lease();

    /**
     * The same for a runner that applies. terraform may go on while nothing is heard of it, and until then nobody else may apply; a
     * worker that sees its runner end says so at once.
     */
    @WithDefault("10m")
    Duration applyLease();

    /** Most bytes of one plan file, plan document or set of working files. */
    @WithDefault("268435456")
    long artifactLimit();

    /** Most bytes of one state. */
    @WithDefault("268435456")
    long stateLimit();
}
