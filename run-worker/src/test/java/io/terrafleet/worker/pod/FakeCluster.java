package io.terrafleet.worker.pod;

import io.fabric8.kubernetes.api.model.EventBuilder;
import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.Config;
import io.fabric8.kubernetes.client.ConfigBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientBuilder;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.server.mock.KubernetesCrudDispatcher;
import io.fabric8.kubernetes.client.server.mock.KubernetesMockServer;
import io.fabric8.kubernetes.client.utils.Serialization;
import io.fabric8.mockwebserver.Context;
import io.fabric8.mockwebserver.MockWebServer;
import io.fabric8.mockwebserver.http.Dispatcher;
import io.fabric8.mockwebserver.http.MockResponse;
import io.fabric8.mockwebserver.http.RecordedRequest;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/** An API server in memory with a Job controller beside it, and a wire to it that can break. */
final class FakeCluster implements AutoCloseable {
    static final String NAMESPACE = "terrafleet-runs";

    /** Says a line for each request otherwise. */
    private static final Logger SERVER_LOG = Logger.getLogger("io.fabric8.mockwebserver");

    private final KubernetesMockServer server;
    private final KubernetesClient direct;
    private final Wire wire;
    private final JobController controller;
    private final List<Trouble> troubles = new ArrayList<>();
    private final List<String> calls = new CopyOnWriteArrayList<>();

    /** An answer that is given instead of the right one, so many times. */
    private static final class Trouble {
        private final Predicate<RecordedRequest> when;
        private final int status;
        private final String message;
        private int left;

        Trouble(Predicate<RecordedRequest> when, int status, String message, int times) {
            this.when = when;
            this.status = status;
            this.message = message;
            this.left = times;
        }
    }

    FakeCluster(Optional<Kubelet> kubelet) throws IOException {
        SERVER_LOG.setLevel(Level.WARNING);
        Dispatcher right = new KubernetesCrudDispatcher(List.of());
        server = new KubernetesMockServer(new Context(), new MockWebServer(), new HashMap<>(), troubled(right), false);
        server.init();
        direct = server.createClient();
        wire = new Wire(server.getPort());
        controller = new JobController(direct, kubelet);
    }

    private Dispatcher troubled(Dispatcher right) {
        return new Dispatcher() {
            @Override
            public MockResponse dispatch(RecordedRequest request) {
                return trouble(request).orElseGet(() -> right.dispatch(withoutUnknownSelectors(request)));
            }
        };
    }

    /** The server in memory finds nothing by a field that it does not know; clients look at what they get anyway. */
    private static RecordedRequest withoutUnknownSelectors(RecordedRequest request) {
        return request.getPath().contains("fieldSelector=reason")
                ? new RecordedRequest(
                        request.getHttpVersion(),
                        request.method(),
                        request.getPath().replaceAll("fieldSelector=[^&]*&?", ""),
                        request.getHeaders(),
                        request.getBody())
                : request;
    }

    private synchronized Optional<MockResponse> trouble(RecordedRequest request) {
        for (Trouble trouble : troubles) {
            if (trouble.left > 0 && trouble.when.test(request)) {
                trouble.left--;
                String reason = trouble.status == 410 ? "Expired" : "Trouble";
                return Optional.of(new MockResponse()
                        .setResponseCode(trouble.status)
                        .setHeader("Content-Type", "application/json")
                        .setBody(Serialization.asJson(new StatusBuilder()
                                .withStatus("Failure")
                                .withCode(trouble.status)
                                .withReason(reason)
                                .withMessage(trouble.message)
                                .build())));
            }
        }
        return Optional.empty();
    }

    /** A worker's client, through the wire; what it asks is counted. */
    KubernetesClient client() {
        Config config = PodExecutor.modest(new ConfigBuilder(Config.empty())
                        .withMasterUrl("http://127.0.0.1:" + wire.port())
                        .withNamespace(NAMESPACE)
                        .withTrustCerts(true))
                .withRequestTimeout(2_000)
                .build();
        return new KubernetesClientBuilder()
                .withConfig(config)
                .withHttpClientBuilderConsumer(http -> http.addOrReplaceInterceptor(
                        "calls", new ApiCalls((verb, resource) -> calls.add(verb + " " + resource))))
                .build();
    }

    Wire wire() {
        return wire;
    }

    JobController controller() {
        return controller;
    }

    /** What workers asked so far, {@code create jobs} for example. */
    List<String> calls() {
        return List.copyOf(calls);
    }

    /** The next requests of the kind are answered wrongly. */
    synchronized void answer(String method, String pathPart, int status, String message, int times) {
        troubles.add(new Trouble(
                request ->
                        request.getMethod().equals(method) && request.getPath().contains(pathPart),
                status,
                message,
                times));
    }

    List<Job> jobs() {
        return direct.batch().v1().jobs().inNamespace(NAMESPACE).list().getItems();
    }

    Optional<Job> job(String name) {
        return Optional.ofNullable(
                direct.batch().v1().jobs().inNamespace(NAMESPACE).withName(name).get());
    }

    List<Pod> pods() {
        return direct.pods().inNamespace(NAMESPACE).list().getItems();
    }

    KubernetesClient direct() {
        return direct;
    }

    /** Somebody, the kubelet or the scheduler, says something about a pod. */
    void says(Pod pod, UnaryOperator<PodStatus> change) {
        say(direct, pod, change);
    }

    /** As a kubelet does: when somebody else changed the pod meanwhile, it is said of what the pod is now. */
    static void say(KubernetesClient client, Pod pod, UnaryOperator<PodStatus> change) {
        while (!said(client, pod, change)) {
            Thread.onSpinWait();
        }
    }

    private static boolean said(KubernetesClient client, Pod pod, UnaryOperator<PodStatus> change) {
        try {
            client.pods()
                    .inNamespace(NAMESPACE)
                    .withName(pod.getMetadata().getName())
                    .subresource("status")
                    .edit(known -> {
                        known.setStatus(change.apply(known.getStatus() == null ? new PodStatus() : known.getStatus()));
                        return known;
                    });
            return true;
        } catch (KubernetesClientException e) {
            if (e.getCode() == HttpURLConnection.HTTP_CONFLICT) {
                return false;
            }
            throw e;
        }
    }

    /** The Job controller complains of a Job. */
    void complain(Job job, String message) {
        direct.v1()
                .events()
                .inNamespace(NAMESPACE)
                .resource(new EventBuilder()
                        .withNewMetadata()
                        .withName(job.getMetadata().getName() + ".complaint")
                        .withNamespace(NAMESPACE)
                        .endMetadata()
                        .withType("Warning")
                        .withReason("FailedCreate")
                        .withMessage(message)
                        .withNewInvolvedObject()
                        .withKind("Job")
                        .withName(job.getMetadata().getName())
                        .withNamespace(NAMESPACE)
                        .endInvolvedObject()
                        .build())
                .create();
    }

    @Override
    public void close() throws IOException {
        controller.close();
        wire.close();
        direct.close();
        server.destroy();
    }
}
