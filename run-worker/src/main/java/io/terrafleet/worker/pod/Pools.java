package io.terrafleet.worker.pod;

import io.terrafleet.worker.job.JobSpec;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
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
        Optional<String> cliConfiguration = cliConfiguration(config);
        others = PodSettings.of(config, "", Optional.empty(), cliConfiguration);
        new TreeMap<>(config.pools())
                .forEach((name, rule) ->
                        pools.add(new Pool(rule, PodSettings.of(config, name, Optional.of(rule), cliConfiguration))));
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

    private static Optional<String> cliConfiguration(PodConfig config) throws IOException {
        if (config.cliConfig().isPresent()) {
            return Optional.of(Files.readString(config.cliConfig().get(), StandardCharsets.UTF_8));
        }
        return config.networkMirror().map(uri -> {
            String url = uri.toString();
            if (!url.matches("https://[A-Za-z0-9._~:/?#@!&'*+,;=%-]+")) {
                throw new IllegalArgumentException("terrafleet.worker.pod.network-mirror must be an https URL");
            }
            return "provider_installation {\n  network_mirror {\n    url = \"" + (url.endsWith("/") ? url : url + "/")
                    + "\"\n  }\n}\n";
        });
    }
}
