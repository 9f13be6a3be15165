package io.terrafleet.worker.pod;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How jobs run as pods of a Kubernetes cluster, when {@code terrafleet.worker.job.executor} says so. */
@ConfigMapping(prefix = "terrafleet.worker.pod")
public interface PodConfig {
    /** Name of this installation; a label of all its objects, so that two installations can share a namespace. */
    @WithDefault("terrafleet")
    String installation();

    /** Namespace of the run pods; not the one of the services, so that pods and their quota stay apart. */
    @WithDefault("terrafleet-runs")
    String namespace();

    /** Image of the runner. */
    @WithDefault("terrafleet/runner:0.1.0")
    String runnerImage();

    /** Image that holds the terraform binary; {@code {version}} stands for the workspace's exact version. */
    @WithDefault("hashicorp/terraform:{version}")
    String terraformImage();

    /** Image that holds the OpenTofu binary; {@code {version}} stands for the workspace's exact version. */
    @WithDefault("ghcr.io/opentofu/opentofu:{version}")
    String tofuImage();

    /** Absolute path of the binary in the terraform image. */
    @WithDefault("/bin/terraform")
    String terraformPath();

    /** Absolute path of the binary in the OpenTofu image. */
    @WithDefault("/usr/local/bin/tofu")
    String tofuPath();

    /**
     * How the binary gets into the pod: {@code copy}, by a container of its image, on any cluster; or {@code mount}, its image as a volume, where
     * the cluster has image volumes (Kubernetes 1.33 with the feature gate ImageVolume, 1.35 without, and a container runtime that knows them).
     */
    @WithDefault("copy")
    String binary();

    /** When images are pulled: {@code IfNotPresent}, {@code Always} or {@code Never}. */
    @WithDefault("IfNotPresent")
    String pullPolicy();

    /** Names of Secrets of the pods' namespace with which images are pulled. */
    Optional<List<String>> pullSecrets();

    /** Labels that a node must have, {@code key=value} each. */
    Optional<List<String>> nodeSelector();

    /** Taints that pods tolerate, {@code key=value:Effect}, {@code key:Effect} or {@code key} each. */
    Optional<List<String>> tolerations();

    /** PriorityClass of the pods. */
    Optional<String> priorityClass();

    /** Service account of the pods, for cloud identities that are bound to one; its token is never mounted. */
    Optional<String> serviceAccount();

    /** ConfigMap of the pods' namespace whose {@code ca.crt} holds all certificate authorities that runs trust; without it the image's. */
    Optional<String> caBundle();

    /** Number of the user that all containers run as; not 0. */
    @WithDefault("65532")
    long runAsUser();

    /** Processor that a pod asks for, a Kubernetes quantity. */
    @WithDefault("250m")
    String cpuRequest();

    /** Processor that a pod may use; without it as much as its node has to spare. */
    Optional<String> cpuLimit();

    /** Memory that a pod asks for, a Kubernetes quantity. */
    @WithDefault("512Mi")
    String memoryRequest();

    /** Memory that a pod may use before the kernel kills it, a Kubernetes quantity. */
    @WithDefault("2Gi")
    String memoryLimit();

    /** Whether a pod asks for what the last runs of its workspace needed, with a quarter to spare, between request and limit. */
    @WithDefault("true")
    boolean learnMemory();

    /** Disk that a pod may use for configuration, providers, plan and state, a Kubernetes quantity. */
    @WithDefault("8Gi")
    String disk();

    /** Environment variables of the runner, {@code NAME=value} each; terraform gets proxies and certificates of them. */
    Optional<List<String>> environment();

    /** How long a pod that is evicted, drained or deleted has to end terraform and ship its state. */
    @WithDefault("PT5M")
    Duration grace();

    /** Longest life of a pod; the platform's own limits for a plan and an apply end it earlier. */
    @WithDefault("PT25H")
    Duration deadline();

    /** How long a finished Job is kept for people to look at; not shorter than a worker may be away. */
    @WithDefault("PT1H")
    Duration keep();

    /** How long a pod may wait for a node that can take it before its run is given up. */
    @WithDefault("PT10M")
    Duration unschedulableFor();

    /** How long pulling an image may fail before the run is given up. */
    @WithDefault("PT3M")
    Duration pullFailsFor();

    /** How long a pod or container may be refused by the cluster before the run is given up. */
    @WithDefault("PT1M")
    Duration refusedFor();

    /** How long a pod stays on a node that does not answer before it is deleted. */
    @WithDefault("PT5M")
    Duration nodeSilentFor();

    /** How long a request to an API server that does not answer is repeated before the launch fails. */
    @WithDefault("PT2M")
    Duration apiPatience();

    /** How often Jobs are listed and compared with what should be, besides being watched. */
    @WithDefault("PT1M")
    Duration compareEvery();

    /** Base URL (https) of a provider network mirror; terraform asks nothing else for providers then. */
    Optional<URI> networkMirror();

    /** Claim of the pods' namespace with providers as {@code terraform providers mirror} lays them out; mounted read-only and asked first. */
    Optional<String> pluginVolume();

    /** File on the worker with a whole terraform CLI configuration for all runs; wins over the network mirror. */
    Optional<Path> cliConfig();

    /** By name: jobs that run elsewhere or otherwise; what a pool does not say is taken from the keys above. */
    Map<String, Pool> pools();

    /** What a pool's jobs are, and what is different for them. */
    interface Pool {
        /** Organizations whose jobs belong here; without it those of all. */
        Optional<List<String>> organizations();

        /** Workspaces whose jobs belong here, {@code ORGANIZATION/WORKSPACE} each, {@code *} for any letters; without it all. */
        Optional<List<String>> workspaces();

        /** Whether only plans that can never be applied belong here, or only the others; without it both. */
        Optional<Boolean> speculative();

        /** Namespace of the pool's pods. */
        Optional<String> namespace();

        /** Image of the pool's runner. */
        Optional<String> runnerImage();

        /** Image that holds the pool's terraform. */
        Optional<String> terraformImage();

        /** Image that holds the pool's OpenTofu. */
        Optional<String> tofuImage();

        /** When the pool's images are pulled. */
        Optional<String> pullPolicy();

        /** Names of Secrets with which the pool's images are pulled. */
        Optional<List<String>> pullSecrets();

        /** Labels that the pool's nodes have, {@code key=value} each. */
        Optional<List<String>> nodeSelector();

        /** Taints that the pool's pods tolerate. */
        Optional<List<String>> tolerations();

        /** PriorityClass of the pool's pods. */
        Optional<String> priorityClass();

        /** Service account of the pool's pods. */
        Optional<String> serviceAccount();

        /** ConfigMap with the certificate authorities that the pool's runs trust. */
        Optional<String> caBundle();

        /** Claim with the providers of the pool. */
        Optional<String> pluginVolume();

        /** Processor that the pool's pods ask for. */
        Optional<String> cpuRequest();

        /** Processor that the pool's pods may use. */
        Optional<String> cpuLimit();

        /** Memory that the pool's pods ask for. */
        Optional<String> memoryRequest();

        /** Memory that the pool's pods may use. */
        Optional<String> memoryLimit();

        /** Disk that the pool's pods may use. */
        Optional<String> disk();

        /** Environment variables of the pool's runner. */
        Optional<List<String>> environment();
    }
}
