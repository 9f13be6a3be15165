package io.terrafleet.testkit.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.client.KubernetesClient;

/** Runs the containers of pods and says how they are. */
public interface Kubelet extends AutoCloseable {
    void run(KubernetesClient client, Pod pod);

    /** SIGTERM to the first process of each container; saying it again changes nothing. */
    void stop(String pod);

    /** As a node that loses its power. */
    void crash(String pod);

    /** When this returns nothing runs any more. */
    @Override
    void close();
}
