package io.terrafleet.testkit.cluster;

import io.fabric8.kubernetes.api.model.Pod;
import io.fabric8.kubernetes.api.model.PodStatus;
import io.fabric8.kubernetes.api.model.StatusBuilder;
import io.fabric8.kubernetes.api.model.batch.v1.Job;
import io.fabric8.kubernetes.client.KubernetesClient;
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
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.UnaryOperator;
import java.util.logging.Level;
import java.util.logging.Logger;

/** An API server in memory with a Job controller beside it, and a wire to it that can break. */
public final class FakeCluster implements AutoCloseable {
    /** Of the run pods, the only one that there is. */
    public static final String NAMESPACE = "terrafleet-runs";

    /** Says a line for each request otherwise. */
    private static final Logger SERVER_LOG = Logger.getLogger("io.fabric8.mockwebserver");

    private final KubernetesMockServer server;
    private final KubernetesClient direct;
    private final Wire wire;
    private final JobController controller;
    private final List<Trouble> troubles = new ArrayList<>();

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

    public FakeCluster(Optional<Kubelet> kubelet) throws IOException {
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

    /** By these an agent of another process finds the cluster, through the wire. */
    public Map<String, String> environment() {
        return Map.of("KUBERNETES_MASTER", address(), "KUBECONFIG", "/dev/null");
    }

    /** Of the API server, through the wire. */
    public String address() {
        return "http://127.0.0.1:" + wire.port();
    }

    public Wire wire() {
        return wire;
    }

    public JobController controller() {
        return controller;
    }

    /** The next requests of the kind are answered wrongly. */
    public synchronized void answer(String method, String pathPart, int status, String message, int times) {
        troubles.add(new Trouble(
                request ->
                        request.getMethod().equals(method) && request.getPath().contains(pathPart),
                status,
                message,
                times));
    }

    public List<Job> jobs() {
        return direct.batch().v1().jobs().inNamespace(NAMESPACE).list().getItems();
    }

    public Optional<Job> job(String name) {
        return Optional.ofNullable(
                direct.batch().v1().jobs().inNamespace(NAMESPACE).withName(name).get());
    }

    public List<Pod> pods() {
        return direct.pods().inNamespace(NAMESPACE).list().getItems();
    }

    public KubernetesClient direct() {
        return direct;
    }

    /** Somebody, the kubelet or the scheduler, says something about a pod. */
    public void says(Pod pod, UnaryOperator<PodStatus> change) {
        say(direct, pod, change);
    }

    /** As a kubelet does: when somebody else changed the pod meanwhile, it is said of what the pod is now. */
    public static void say(KubernetesClient client, Pod pod, UnaryOperator<PodStatus> change) {
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

    @Override
    public void close() throws IOException {
        controller.close();
        wire.close();
        direct.close();
        server.destroy();
    }
}
