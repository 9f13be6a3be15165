package io.terrafleet.api.module;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** Modules whose versions come from repositories. */
@ConfigMapping(prefix = "terrafleet.module")
public interface ModuleConfig {
    /** How often a module's repository is looked at for new tags. */
    @WithDefault("5m")
    Duration lookEvery();
}
