package io.terrafleet.worker.pod;

import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.terrafleet.testkit.cluster.FakeCluster;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Workers' clients of a cluster in memory; what they ask is counted. */
final class CountedClient {
    private final List<String> calls = new CopyOnWriteArrayList<>();

    /** One for one worker, through the cluster's wire. */
    KubernetesClient of(FakeCluster cluster) {
        Config config = PodExecutor.modest(new ConfigBuilder(Config.empty())
                        .withMasterUrl(cluster.address())
                        .withNamespace(FakeCluster.NAMESPACE)
                        .withTrustCerts(true))
                .withRequestTimeout(2_000)
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor(
                        "calls", new ApiCalls((verb, resource) -> calls.add(verb + " " + resource))))
                .build();
    }

    /** What workers asked so far, {@code create jobs} for example. */
    List<String> calls() {
        return List.copyOf(calls);
    }
}
