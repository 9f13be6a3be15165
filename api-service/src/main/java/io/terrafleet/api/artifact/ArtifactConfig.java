package io.terrafleet.api.artifact;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;

/** Where large things are kept. */
@ConfigMapping(prefix = "terrafleet.artifact")
public interface ArtifactConfig {
    /** The directory of the encrypted files; made when absent. Replicas of this service must share it. */
    Path directory();

    /** Bytes that an artifact may have when nothing narrower is said; 512 MiB. */
    @WithDefault("536870912")
    long mostBytes();
}
