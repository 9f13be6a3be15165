package io.terrafleet.api.configuration;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.time.Duration;

/** How large a configuration may be. */
@ConfigMapping(prefix = "terrafleet.configuration")
public interface ConfigurationConfig {
    /** Bytes of the archive as it is uploaded; 100 MiB. */
    @WithDefault("104857600")
    long mostPackedBytes();

    /** Bytes of the archive when unpacked; 1 GiB. */
    @WithDefault("1073741824")
    long mostUnpackedBytes();

    /** Files, directories and links in the archive. */
    @WithDefault("50000")
    int mostEntries();

    /** Characters of a path in the archive. */
    @WithDefault("1024")
    int longestPath();

    /** How long the address of an upload is good. */
    @WithDefault("PT1H")
    Duration uploadWithin();

    default ArchiveLimits limits() {
        return new ArchiveLimits(mostUnpackedBytes(), mostEntries(), longestPath());
    }

    /** How long content that was softly deleted can be restored before it goes for ever. */
    @WithDefault("7d")
    Duration softDeletedFor();
}
