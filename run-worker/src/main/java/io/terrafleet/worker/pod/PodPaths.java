package io.terrafleet.worker.pod;

/**
 * Where things are inside a pod.
 *
 * @param root in front of all of them; empty in a pod
 */
record PodPaths(String root) {
    static final PodPaths IN_POD = new PodPaths("");

    /** The binary is copied here. */
    String bin() {
        return root + "/terrafleet/bin";
    }

    String binary() {
        return bin() + "/terraform";
    }

    /** The only place, beside {@link #temporary}, where the runner can write. */
    String work() {
        return root + "/terrafleet/work";
    }

    String jobDirectory() {
        return work() + "/job";
    }

    /** The phase's Secret. */
    String secret() {
        return root + "/terrafleet/secret";
    }

    String assignment() {
        return secret() + "/" + PodManifest.ASSIGNMENT;
    }

    String cliConfiguration() {
        return secret() + "/" + PodManifest.CLI_CONFIGURATION;
    }

    /** The ConfigMap with the authorities that the run trusts. */
    String authorities() {
        return root + "/terrafleet/ca";
    }

    String authoritiesFile() {
        return authorities() + "/ca.crt";
    }

    /** The volume with providers, if there is one. */
    String plugins() {
        return root + "/terrafleet/plugins";
    }

    String temporary() {
        return root + "/tmp";
    }

    /** The file that the kubelet reads when the runner's container has ended. */
    String lastWord() {
        return root + "/dev/termination-log";
    }
}
