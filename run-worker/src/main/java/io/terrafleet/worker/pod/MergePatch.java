package io.terrafleet.worker.pod;

import io.fabric8.kubernetes.client.KubernetesClient;
import io.fabric8.kubernetes.client.KubernetesClientException;
import io.fabric8.kubernetes.client.http.HttpClient;
import io.fabric8.kubernetes.client.http.HttpResponse;
import io.terrafleet.contracts.Json;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Changes some fields of an object by one request (a merge patch, RFC 7396). The client's own patch reads the object first: one request
 * more, and for Secrets a permission that a worker must not have.
 */
final class MergePatch {
    private final HttpClient http;
    private final String server;
    private final long patienceMillis;

    MergePatch(KubernetesClient client) {
        this.http = client.getHttpClient();
        this.patienceMillis = client.getConfiguration().getRequestTimeout();
        this.server = client.getMasterUrl().toString().replaceAll("/+$", "");
    }

    void job(String namespace, String name, Map<String, Object> change) {
        send("/apis/batch/v1/namespaces/" + namespace + "/jobs/" + name, change);
    }

    void secret(String namespace, String name, Map<String, Object> change) {
        send("/api/v1/namespaces/" + namespace + "/secrets/" + name, change);
    }

    private void send(String path, Map<String, Object> change) {
        String body = new String(Json.write(change), StandardCharsets.UTF_8);
        HttpResponse<String> answer = answer(path, body);
        if (!answer.isSuccessful()) {
            throw new KubernetesClientException(
                    "PATCH " + path + " was answered " + answer.code() + ": "
                            + Beginning.limited(String.valueOf(answer.body())),
                    answer.code(),
                    null);
        }
    }

    private HttpResponse<String> answer(String path, String body) {
        try {
            return http.sendAsync(
                            http.newHttpRequestBuilder()
                                    .uri(server + path)
                                    .method("PATCH", "application/merge-patch+json", body)
                                    .timeout(patienceMillis, TimeUnit.MILLISECONDS)
                                    .build(),
                            String.class)
                    .get(patienceMillis, TimeUnit.MILLISECONDS);
        } catch (ExecutionException e) {
            throw away(path, e.getCause());
        } catch (TimeoutException e) {
            throw away(path, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted while waiting for the Kubernetes API", e);
        }
    }

    private static KubernetesClientException away(String path, @Nullable Throwable cause) {
        return new KubernetesClientException("PATCH " + path + " had no answer: " + cause, cause);
    }
}
