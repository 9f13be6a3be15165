package io.terrafleet.worker.pod;

import io.terrafleet.worker.job.JobSpec;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which settings a job's pod has: those of the first pool, in the order of names, that wants it. */
final class Pools {
    private record Pool(PodConfig.Pool rule, PodSettings settings) {}

    private final List<Pool> pools = new ArrayList<>();
    private final PodSettings others;

    /**
     * @throws IllegalArgumentException when a setting is wrong; says which
     * @throws IOException when the CLI configuration cannot be read
     */
    Pools(PodConfig config) throws IOException {
        ProviderSource providers = ProviderSource.of(config);
        others = PodSettings.of(config, "", Optional.empty(), providers);
        new TreeMap<>(config.pools())
                .forEach((name, rule) ->
                        pools.add(new Pool(rule, PodSettings.of(config, name, Optional.of(rule), providers))));
    }

    PodSettings of(JobSpec spec) {
        return pools.stream()
                .filter(pool -> PodSettings.wants(pool.rule(), spec))
                .map(Pool::settings)
                .findFirst()
                .orElse(others);
    }

    /** All namespaces that jobs may be in. */
    Set<String> namespaces() {
        Set<String> names = new TreeSet<>(Set.of(others.namespace()));
        pools.forEach(pool -> names.add(pool.settings().namespace()));
        return names;
    }
}
