package io.terrafleet.standalone.cluster;

import io.terrafleet.contracts.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/** A Job that runs {@code terraform version} and nothing of ours: what a container's start costs on this cluster in any case. */
record BareJob(Site site, String name, String image) {
    void create() {
        Path manifest = written();
        try {
            site.kubectl().must("-n", site.runs(), "create", "-f", manifest.toString());
        } finally {
            delete(manifest);
        }
    }

    void remove() {
        site.kubectl().says("-n", site.runs(), "delete", "job", name, "--wait=false");
    }

    private Path written() {
        try {
            Path file = Files.createTempFile("bare-job", ".json");
            Files.write(file, Json.write(manifest()));
            return file;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void delete(Path file) {
        try {
            Files.deleteIfExists(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Map<String, Object> manifest() {
        Map<String, Object> container = Map.of(
                "name", "terraform",
                "image", image,
                "imagePullPolicy", "IfNotPresent",
                "args", List.of("version"),
                "env",
                        List.of(
                                Map.of("name", "CHECKPOINT_DISABLE", "value", "1"),
                                Map.of("name", "HOME", "value", "/tmp")),
                "resources",
                        Map.of("requests", Map.of("cpu", "50m", "memory", "64Mi"), "limits", Map.of("memory", "256Mi")),
                "securityContext",
                        Map.of("allowPrivilegeEscalation", false, "capabilities", Map.of("drop", List.of("ALL"))));
        Map<String, Object> pod = Map.of(
                "restartPolicy",
                "Never",
                "automountServiceAccountToken",
                false,
                "securityContext",
                Map.of("runAsNonRoot", true, "runAsUser", 65532, "seccompProfile", Map.of("type", "RuntimeDefault")),
                "containers",
                List.of(container));
        return Map.of(
                "apiVersion",
                "batch/v1",
                "kind",
                "Job",
                "metadata",
                Map.of("name", name),
                "spec",
                Map.of("backoffLimit", 0, "ttlSecondsAfterFinished", 60, "template", Map.of("spec", pod)));
    }
}
