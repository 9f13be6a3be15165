package io.terrafleet.worker.pod;

import io.fabric8.kubernetes.api.model.Container;
import io.fabric8.kubernetes.api.model.ContainerBuilder;
import io.fabric8.kubernetes.api.model.EnvVar;
import io.fabric8.kubernetes.api.model.LocalObjectReference;
import io.fabric8.kubernetes.api.model.PodSpec;
import io.fabric8.kubernetes.api.model.PodSpecBuilder;
import io.fabric8.kubernetes.api.model.Quantity;
import io.fabric8.kubernetes.api.model.Secret;
import io.fabric8.kubernetes.api.model.SecretBuilder;
import io.fabric8.kubernetes.api.model.SecurityContext;
import io.fabric8.kubernetes.api.model.SecurityContextBuilder;
import io.fabric8.kubernetes.api.model.Toleration;
import io.fabric8.kubernetes.api.model.TolerationBuilder;
import io.fabric8.kubernetes.api.model.Volume;
import io.fabric8.kubernetes.api.model.VolumeBuilder;
import io.fabric8.kubernetes.api.model.VolumeMount;
import io.fabric8.kubernetes.api.model.VolumeMountBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.api.model.batch.v1.JobBuilder;
import io.terrafleet.contracts.Json;
import io.terrafleet.runner.Assignment;
import io.terrafleet.worker.job.JobSpec;
import io.terrafleet.worker.release.Version;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * The objects of one job: an immutable Secret with the runner's assignment, and a Job whose pod has two containers side by side. One
 * copies the binary out of the pinned image and ends; the other is the runner, which begins when the file is there. (An init container
 * would do the same a second later: kubelets look only once a second whether one has ended.) Where the cluster can, the image is a volume
 * instead. What people wrote is never part of a command, only of JSON in the Secret and in annotations.
 */
final class PodManifest {
    static final String ASSIGNMENT = "assignment.json";
    static final String CLI_CONFIGURATION = "terraform.rc";
    static final String RUNNER = "runner";
    static final String BINARY = "terraform";

    private static final DateTimeFormatter HOUR =
            DateTimeFormatter.ofPattern("yyyyMMdd'T'HH").withZone(ZoneOffset.UTC);
    private static final String COPY = "cp \"$1\" \"$2.new\" && chmod 755 \"$2.new\" && mv \"$2.new\" \"$2\"";
    private static final int READ_BY_GROUP = 0440;
    private static final String WORK = "work";
    private static final String BIN = "bin";
    private static final String SECRET = "secret";
    private static final String TEMPORARY = "tmp";
    private static final String AUTHORITIES = "ca";
    private static final String PLUGINS = "plugins";

    private final JobSpec spec;
    private final Version version;
    private final PodSettings settings;
    private final PodSize size;
    private final PodPaths paths;

    /** @throws Refused when no pod can have the size that the job asks for */
    PodManifest(JobSpec spec, Version version, PodSettings settings, PodPaths paths) throws Refused {
        this.spec = spec;
        this.size = size(spec, settings);
        this.version = version;
        this.settings = settings;
        this.paths = paths;
    }

    private static PodSize size(JobSpec spec, PodSettings settings) throws Refused {
        try {
            return spec.size().map(settings.size()::with).orElseGet(settings::size);
        } catch (IllegalArgumentException e) {
            throw new Refused("no pod can have the size that is set for the run: " + e.getMessage(), true, e);
        }
    }

    /** The hour of an instant as a label says it. */
    static String hour(Instant instant) {
        return HOUR.format(instant);
    }

    /** @param claimToken good for this phase only */
    Secret secret(String claimToken, Instant now) {
        Map<String, String> labels = new TreeMap<>(Marks.labels(spec, settings));
        labels.put(Marks.OWNED, "no");
        labels.put(Marks.HOUR, hour(now));
        Map<String, String> data = new LinkedHashMap<>();
        data.put(ASSIGNMENT, base64(Json.write(assignment(claimToken))));
        settings.providers()
                .cliConfiguration()
                .ifPresent(text -> data.put(CLI_CONFIGURATION, base64(text.getBytes(StandardCharsets.UTF_8))));
        return new SecretBuilder()
                .withNewMetadata()
                .withName(PodNames.of(spec.job()))
                .withNamespace(settings.namespace())
                .withLabels(labels)
                .endMetadata()
                .withType("Opaque")
                .withImmutable(true)
                .withData(data)
                .build();
    }

    private Assignment assignment(String claimToken) {
        return new Assignment(
                spec.job(),
                spec.api(),
                claimToken,
                settings.images().pathFor(spec.engine(), paths),
                version.toString(),
                spec.engine(),
                paths.jobDirectory(),
                settings.providers().cliConfiguration().map(text -> paths.cliConfiguration()),
                settings.providers().plugins(paths),
                place(),
                Optional.empty(),
                List.of());
    }

    /** For people: where the runner is. */
    String place() {
        String asked = size.memoryRequest(spec.memory());
        return "pod of job " + settings.namespace() + "/" + PodNames.of(spec.job())
                + (asked.equals(size.memoryRequest())
                        ? ""
                        : ", which asks for " + asked + " of memory after what the last runs needed");
    }

    Job job() {
        Map<String, String> labels = Marks.labels(spec, settings);
        return new JobBuilder()
                .withNewMetadata()
                .withName(PodNames.of(spec.job()))
                .withNamespace(settings.namespace())
                .withLabels(labels)
                .withAnnotations(
                        Map.of(Marks.SPEC, new String(Json.write(spec.withoutToken()), StandardCharsets.UTF_8)))
                .endMetadata()
                .withNewSpec()
                .withBackoffLimit(0)
                .withCompletions(1)
                .withParallelism(1)
                .withPodReplacementPolicy("Failed")
                .withActiveDeadlineSeconds(settings.times().deadline().toSeconds())
                .withTtlSecondsAfterFinished((int) settings.times().keep().toSeconds())
                .withNewTemplate()
                .withNewMetadata()
                .withLabels(labels)
                .withAnnotations(Map.of(
                        "cluster-autoscaler.kubernetes.io/safe-to-evict", "false",
                        "karpenter.sh/do-not-disrupt", "true"))
                .endMetadata()
                .withSpec(pod())
                .endTemplate()
                .endSpec()
                .build();
    }

    private PodSpec pod() {
        List<LocalObjectReference> pullSecrets = settings.images().pullSecrets().stream()
                .map(LocalObjectReference::new)
                .toList();
        return new PodSpecBuilder()
                .withRestartPolicy("Never")
                .withAutomountServiceAccountToken(false)
                .withEnableServiceLinks(false)
                .withServiceAccountName(settings.placement().serviceAccount().orElse(null))
                .withPriorityClassName(settings.placement().priorityClass().orElse(null))
                .withImagePullSecrets(pullSecrets)
                .withNodeSelector(settings.placement().nodeSelector())
                .withTolerations(tolerations())
                .withTerminationGracePeriodSeconds(settings.times().grace().toSeconds())
                .withNewSecurityContext()
                .withRunAsNonRoot(true)
                .withRunAsUser(settings.user())
                .withRunAsGroup(settings.user())
                .withFsGroup(settings.user())
                .withNewSeccompProfile()
                .withType("RuntimeDefault")
                .endSeccompProfile()
                .endSecurityContext()
                .withVolumes(volumes())
                .withContainers(
                        settings.images().mounted()
                                ? List.of(runnerContainer())
                                : List.of(binaryContainer(), runnerContainer()))
                .build();
    }

    private List<Toleration> tolerations() {
        List<Toleration> all = new ArrayList<>(settings.placement().tolerations());
        for (String taint : List.of("node.kubernetes.io/not-ready", "node.kubernetes.io/unreachable")) {
            all.add(new TolerationBuilder()
                    .withKey(taint)
                    .withOperator("Exists")
                    .withEffect("NoExecute")
                    .withTolerationSeconds(settings.times().nodeSilent().toSeconds())
                    .build());
        }
        return all;
    }

    private List<Volume> volumes() {
        Quantity disk = new Quantity(size.disk());
        List<Volume> volumes = new ArrayList<>(List.of(
                new VolumeBuilder()
                        .withName(SECRET)
                        .withNewSecret()
                        .withSecretName(PodNames.of(spec.job()))
                        .withDefaultMode(READ_BY_GROUP)
                        .withOptional(false)
                        .endSecret()
                        .build(),
                settings.images().mounted() ? image(BIN) : emptyDirectory(BIN, new Quantity("1Gi")),
                emptyDirectory(WORK, disk),
                emptyDirectory(TEMPORARY, disk)));
        settings.placement()
                .caBundle()
                .ifPresent(name -> volumes.add(new VolumeBuilder()
                        .withName(AUTHORITIES)
                        .withNewConfigMap()
                        .withName(name)
                        .withOptional(false)
                        .endConfigMap()
                        .build()));
        settings.providers()
                .volume()
                .ifPresent(claim -> volumes.add(new VolumeBuilder()
                        .withName(PLUGINS)
                        .withNewPersistentVolumeClaim(claim, true)
                        .build()));
        return volumes;
    }

    private Volume image(String name) {
        return new VolumeBuilder()
                .withName(name)
                .withNewImage()
                .withReference(settings.images().of(spec.engine(), version))
                .withPullPolicy(settings.images().pullPolicy())
                .endImage()
                .build();
    }

    private static Volume emptyDirectory(String name, Quantity limit) {
        return new VolumeBuilder()
                .withName(name)
                .withNewEmptyDir()
                .withSizeLimit(limit)
                .endEmptyDir()
                .build();
    }

    private Container binaryContainer() {
        return new ContainerBuilder()
                .withName(BINARY)
                .withImage(settings.images().of(spec.engine(), version))
                .withImagePullPolicy(settings.images().pullPolicy())
                .withCommand("/bin/sh", "-c", COPY, "copy")
                .withArgs(settings.images().pathOf(spec.engine()), paths.binary())
                .withSecurityContext(restricted())
                .withNewResources()
                .withRequests(Map.of("cpu", new Quantity("10m"), "memory", new Quantity("16Mi")))
                .withLimits(limits(new Quantity("256Mi"), new Quantity("1Gi")))
                .endResources()
                .withVolumeMounts(mount(BIN, paths.bin(), false))
                .build();
    }

    private Container runnerContainer() {
        return new ContainerBuilder()
                .withName(RUNNER)
                .withImage(settings.images().runner())
                .withImagePullPolicy(settings.images().pullPolicy())
                .withArgs(arguments())
                .withEnv(environment())
                .withTerminationMessagePath(paths.lastWord())
                .withTerminationMessagePolicy("File")
                .withSecurityContext(restricted())
                .withNewResources()
                .withRequests(Map.of(
                        "cpu", new Quantity(size.cpuRequest()),
                        "memory", new Quantity(size.memoryRequest(spec.memory())),
                        "ephemeral-storage", new Quantity("256Mi")))
                .withLimits(limits(new Quantity(size.memoryLimit()), new Quantity(size.disk())))
                .endResources()
                .withVolumeMounts(mounts())
                .build();
    }

    private List<String> arguments() {
        List<String> always = List.of("pod", paths.assignment(), paths.lastWord());
        return settings.images().mounted()
                ? Stream.concat(always.stream(), Stream.of("mounted")).toList()
                : always;
    }

    private List<VolumeMount> mounts() {
        List<VolumeMount> mounts = new ArrayList<>(List.of(
                mount(SECRET, paths.secret(), true),
                mount(BIN, paths.bin(), true),
                mount(WORK, paths.work(), false),
                mount(TEMPORARY, paths.temporary(), false)));
        if (settings.placement().caBundle().isPresent()) {
            mounts.add(mount(AUTHORITIES, paths.authorities(), true));
        }
        if (settings.providers().volume().isPresent()) {
            mounts.add(mount(PLUGINS, paths.plugins(), true));
        }
        return mounts;
    }

    private List<EnvVar> environment() {
        Map<String, String> variables = new TreeMap<>(settings.environment());
        if (settings.placement().caBundle().isPresent()) {
            variables.put("SSL_CERT_FILE", paths.authoritiesFile());
            variables.put("GIT_SSL_CAINFO", paths.authoritiesFile());
        }
        variables.put("HOME", paths.work());
        variables.put("TMPDIR", paths.temporary());
        return variables.entrySet().stream()
                .map(entry -> new EnvVar(entry.getKey(), literal(entry.getValue()), null))
                .toList();
    }

    /** Kubernetes would replace {@code $(NAME)}. */
    private static String literal(String value) {
        return value.replace("$(", "$$(");
    }

    private Map<String, Quantity> limits(Quantity memory, Quantity disk) {
        Map<String, Quantity> limits = new TreeMap<>(Map.of("memory", memory, "ephemeral-storage", disk));
        size.cpuLimit().ifPresent(cpu -> limits.put("cpu", new Quantity(cpu)));
        return limits;
    }

    private static VolumeMount mount(String volume, String path, boolean readOnly) {
        return new VolumeMountBuilder()
                .withName(volume)
                .withMountPath(path)
                .withReadOnly(readOnly)
                .build();
    }

    private static SecurityContext restricted() {
        return new SecurityContextBuilder()
                .withAllowPrivilegeEscalation(false)
                .withReadOnlyRootFilesystem(true)
                .withRunAsNonRoot(true)
                .withNewCapabilities()
                .withDrop("ALL")
                .endCapabilities()
                .build();
    }

    private static String base64(byte[] content) {
        return Base64.getEncoder().encodeToString(content);
    }
}
