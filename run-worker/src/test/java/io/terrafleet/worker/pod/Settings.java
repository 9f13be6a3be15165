package io.terrafleet.worker.pod;

import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfig;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.terrafleet.worker.release.ReleaseConfig;
import io.terrafleet.worker.release.TerraformVersions;
import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/** The room's settings as a worker reads them. */
record Settings(SmallRyeConfig config) {
    static Settings with(Map<String, String> keys) {
        Map<String, String> all = new HashMap<>(keys);
        all.putIfAbsent("terrafleet.worker.release.download", "false");
        return new Settings(new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .withMapping(PodConfig.class)
                .withMapping(ReleaseConfig.class)
                .withSources(new PropertiesConfigSource(all, "test", 500))
                .build());
    }

    PodConfig pod() {
        return config.getConfigMapping(PodConfig.class);
    }

    TerraformVersions versions(Path directory, InstantSource clock) throws IOException {
        return new TerraformVersions(config.getConfigMapping(ReleaseConfig.class), directory, "", "linux_amd64", clock);
    }
}
