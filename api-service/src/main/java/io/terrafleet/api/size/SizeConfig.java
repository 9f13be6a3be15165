package io.terrafleet.api.size;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much workspaces and agent pools may ask for their runs; what the cluster grants is its quota's to say. */
@ConfigMapping(prefix = "terrafleet.size")
public interface SizeConfig {
    /** Most processors that a run may ask for or use, a Kubernetes quantity. */
    @WithDefault("16")
    String mostCpu();

    /** Most memory that a run may ask for or use, a Kubernetes quantity. */
    @WithDefault("64Gi")
    String mostMemory();

    /** Most disk that a run may use, a Kubernetes quantity. */
    @WithDefault("256Gi")
    String mostDisk();
}
