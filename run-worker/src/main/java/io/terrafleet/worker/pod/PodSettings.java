package io.terrafleet.worker.pod;

import io.terrafleet.worker.job.JobSpec;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/**
 * What the pods of one pool are like, checked.
 *
 * @param pool its name; empty for the jobs that belong to no pool
 * @param environment of the runner
 */
record PodSettings(
        String pool,
        String installation,
        String namespace,
        PodImages images,
        PodPlacement placement,
        PodSize size,
        PodTimes times,
        long user,
        Map<String, String> environment,
        ProviderSource providers) {
    private static final Pattern VARIABLE = Pattern.compile("([A-Za-z_][A-Za-z0-9_]{0,127})=(.*)", Pattern.DOTALL);

    PodSettings {
        PodPlacement.named("namespace", namespace);
        PodPlacement.named("installation", installation);
        if (user < 1 || user > Integer.MAX_VALUE) {
            throw new IllegalArgumentException("run-as-user " + user + " must be between 1 and " + Integer.MAX_VALUE
                    + ": run pods do not run as root");
        }
    }

    /** @param name of the pool; empty for no pool */
    static PodSettings of(PodConfig config, String name, Optional<PodConfig.Pool> pool, ProviderSource providers) {
        try {
            return new PodSettings(
                    name,
                    config.installation(),
                    said(pool, PodConfig.Pool::namespace, config.namespace()),
                    images(config, pool),
                    placement(config, pool),
                    size(config, pool),
                    PodTimes.of(config),
                    config.runAsUser(),
                    variables(list(pool, PodConfig.Pool::environment, config.environment())),
                    providers.with(pool.flatMap(PodConfig.Pool::pluginVolume)));
        } catch (IllegalArgumentException e) {
            String where = name.isEmpty() ? "terrafleet.worker.pod" : "terrafleet.worker.pod.pools." + name;
            throw new IllegalArgumentException(where + ": " + e.getMessage(), e);
        }
    }

    private static PodImages images(PodConfig config, Optional<PodConfig.Pool> pool) {
        return new PodImages(
                said(pool, PodConfig.Pool::runnerImage, config.runnerImage()),
                said(pool, PodConfig.Pool::terraformImage, config.terraformImage()),
                said(pool, PodConfig.Pool::tofuImage, config.tofuImage()),
                config.terraformPath(),
                config.tofuPath(),
                config.binary(),
                said(pool, PodConfig.Pool::pullPolicy, config.pullPolicy()),
                list(pool, PodConfig.Pool::pullSecrets, config.pullSecrets()));
    }

    private static PodPlacement placement(PodConfig config, Optional<PodConfig.Pool> pool) {
        return PodPlacement.of(
                list(pool, PodConfig.Pool::nodeSelector, config.nodeSelector()),
                list(pool, PodConfig.Pool::tolerations, config.tolerations()),
                pool.flatMap(PodConfig.Pool::priorityClass).or(config::priorityClass),
                pool.flatMap(PodConfig.Pool::serviceAccount).or(config::serviceAccount),
                pool.flatMap(PodConfig.Pool::caBundle).or(config::caBundle));
    }

    private static PodSize size(PodConfig config, Optional<PodConfig.Pool> pool) {
        return new PodSize(
                said(pool, PodConfig.Pool::cpuRequest, config.cpuRequest()),
                pool.flatMap(PodConfig.Pool::cpuLimit).or(config::cpuLimit),
                said(pool, PodConfig.Pool::memoryRequest, config.memoryRequest()),
                said(pool, PodConfig.Pool::memoryLimit, config.memoryLimit()),
                said(pool, PodConfig.Pool::disk, config.disk()),
                config.learnMemory());
    }

    private static String said(
            Optional<PodConfig.Pool> pool, Function<PodConfig.Pool, Optional<String>> key, String otherwise) {
        return pool.flatMap(key).orElse(otherwise);
    }

    private static List<String> list(
            Optional<PodConfig.Pool> pool,
            Function<PodConfig.Pool, Optional<List<String>>> key,
            Optional<List<String>> otherwise) {
        return pool.flatMap(key).or(() -> otherwise).orElse(List.of());
    }

    private static Map<String, String> variables(List<String> lines) {
        Map<String, String> variables = new LinkedHashMap<>();
        for (String line : lines) {
            var form = VARIABLE.matcher(line);
            if (!form.matches()) {
                throw new IllegalArgumentException("environment has an entry that is not NAME=value");
            }
            variables.put(form.group(1), form.group(2));
        }
        return Map.copyOf(variables);
    }

    private static boolean fits(String pattern, JobSpec spec) {
        String literally = "\\Q" + pattern.replace("\\E", "").replace("*", "\\E[^/]*\\Q") + "\\E";
        return (spec.organization() + "/" + spec.workspaceName()).matches(literally);
    }

    /** Whether the pool wants the job. */
    static boolean wants(PodConfig.Pool pool, JobSpec spec) {
        return pool.organizations()
                        .map(names -> names.contains(spec.organization()))
                        .orElse(true)
                && pool.workspaces()
                        .map(patterns -> patterns.stream().anyMatch(pattern -> fits(pattern, spec)))
                        .orElse(true)
                && pool.speculative().map(only -> only == spec.speculative()).orElse(true);
    }
}
