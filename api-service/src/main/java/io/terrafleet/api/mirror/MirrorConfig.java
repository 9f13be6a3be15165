package io.terrafleet.api.mirror;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Which providers are mirrored from where, and how much of the disk they may take. */
@ConfigMapping(prefix = "terrafleet.mirror")
public interface MirrorConfig {
    /** Whether {@code /api/registry/mirror/} serves copies of public providers; anybody who reaches it may read them. */
    @WithDefault("false")
    boolean enabled();

    /** Directory of the copies; replicas may share it. It can be emptied at any time. */
    Path directory();

    /** Registries that are mirrored: {@code HOST}, or {@code HOST=URL} when the host is asked at another address. */
    @WithDefault("registry.terraform.io,registry.opentofu.org")
    List<String> registries();

    /** Providers that are mirrored, {@code HOST/NAMESPACE/TYPE} each, {@code *} for any name; without it all of the registries. */
    Optional<List<String>> providers();

    /** Bytes that all copies may take; what was not asked for longest goes first. 20 GiB. */
    @WithDefault("21474836480")
    long mostBytes();

    /** Bytes that one provider's archive may have. 1 GiB. */
    @WithDefault("1073741824")
    long mostArchiveBytes();

    /** How long a provider's list of versions is believed before the registry is asked again. */
    @WithDefault("PT10M")
    Duration believeFor();

    /** Longest wait for a registry's answer; terraform itself waits ten seconds for the mirror's. */
    @WithDefault("PT4S")
    Duration answerWithin();

    /** Longest time that the download of one archive may take. */
    @WithDefault("PT10M")
    Duration downloadWithin();
}
