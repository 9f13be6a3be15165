package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import io.terrafleet.standalone.journey.CliPlatform.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code test --cluster} against a platform of this machine and a kubectl that only answers: what it asks of the API is real, what it asks of
 * a cluster is played. A pod that is deleted is a run that is cancelled.
 */
@ExtendWith(CliPlatform.class)
class ClusterJourney {
    private static final String POD =
            """
            {"metadata": {"name": "tf-pod"},
             "spec": {"automountServiceAccountToken": false, "securityContext": {"runAsNonRoot": true}, "containers": [
               {"name": "terraform", "image": "hashicorp/terraform:1.11.4", "securityContext":
                 {"readOnlyRootFilesystem": true, "allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}}},
               {"name": "runner", "image": "terrafleet/runner:0.1.0", "securityContext":
                 {"readOnlyRootFilesystem": true, "allowPrivilegeEscalation": false, "capabilities": {"drop": ["ALL"]}}}]}}
            """;

    @TempDir
    Path directory = Path.of("");

    private String kubectl(Running platform) throws IOException {
        Files.writeString(directory.resolve("pods.json"), "{\"items\": [" + POD + "]}");
        Path file = directory.resolve("kubectl");
        Files.writeString(
                file,
                """
                #!/bin/bash
                cd "$(dirname "$0")"
                echo "$*" >> asked.txt
                case "$*" in
                    "get --raw /version") echo '{"major":"1","minor":"31"}' ;;
                    "get namespace "*) echo '{"metadata":{"labels":{"pod-security.kubernetes.io/enforce":"restricted"}}}' ;;
                    "get "*terrafleet.io/run=*) cat pods.json; [[ "$*" =~ run=(run-[A-Za-z0-9]+) ]]; echo "${BASH_REMATCH[1]}" > run.txt ;;
                    *"delete pod tf-pod"*) curl -fsS -X POST -H "Authorization: Bearer %s" -H "Content-Type: application/vnd.api+json" \\
                        -d '{}' "%s/api/v2/runs/$(cat run.txt)/actions/cancel" ;;
                    *"delete pods -l app.kubernetes.io/name=run-worker"*) ;;
                    *) echo "unexpected: $*" >&2; exit 1 ;;
                esac
                """
                        .formatted(TestPlatform.TOKEN, platform.url()));
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file.toString();
    }

    @Test
    void theChecksSayWhatHolds(Running platform) throws Exception {
        Assumptions.assumeTrue(Files.isExecutable(Path.of("/usr/bin/curl")), "skipped: curl absent");

        String said = TestPlatform.command(
                directory,
                "cluster-test",
                "--kubectl",
                kubectl(platform),
                "--url",
                platform.url().toString(),
                "--token",
                TestPlatform.TOKEN,
                "--patience",
                "120");

        assertThat(said)
                .contains("ok      plan: ", "ok      apply: ", "ok      cancel: ")
                .contains("ok      kill: a worker", " kill: a run pod")
                .contains("ok      isolation: a run pod passes", "ok      bad input: ");
        assertThat(Files.readString(directory.resolve("asked.txt")))
                .contains(
                        "delete pod tf-pod --wait=false",
                        "get -n terrafleet-runs pods -l terrafleet.io/run=",
                        "-n terrafleet delete pods -l app.kubernetes.io/name=run-worker --wait=false");
    }
}
