package io.terrafleet.api.stage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How long run tasks are waited for. */
@ConfigMapping(prefix = "terrafleet.task")
public interface StageConfig {
    /** A task that has been asked and is silent for this long has failed. */
    @WithDefault("10m")
    Duration progressWithin();

    /** A task that has not ended after this long has failed, however often it reported progress. */
    @WithDefault("60m")
    Duration endWithin();

    /** How often a task that does not answer 200 is asked in all; the pause between doubles from one second. */
    @WithDefault("5")
    int attempts();

    /** How many tasks are asked at the same time. */
    @WithDefault("16")
    int atOnce();
}
