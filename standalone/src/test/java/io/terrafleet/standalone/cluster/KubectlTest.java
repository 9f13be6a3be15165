package io.terrafleet.standalone.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrafleet.standalone.platform.PlatformUnusable;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KubectlTest {
    @TempDir
    Path directory = Path.of("");

    private String script(String text) throws IOException {
        Path file = directory.resolve("kubectl");
        Files.writeString(file, "#!/bin/sh\n" + text + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file.toString();
    }

    @Test
    void withoutKubectlItSaysWhatIsMissing() {
        assertThatThrownBy(() -> Kubectl.reaching(directory.resolve("none").toString()))
                .isInstanceOf(PlatformUnusable.class)
                .hasMessageContaining("kubectl cannot be run")
                .hasMessageContaining("--kubectl");
    }

    @Test
    void withoutAClusterItSaysWhatKubectlSaid() throws IOException {
        String kubectl = script("echo 'The connection to the server localhost:8080 was refused' >&2; exit 1");

        assertThatThrownBy(() -> Kubectl.reaching(kubectl))
                .isInstanceOf(PlatformUnusable.class)
                .hasMessageContaining("No cluster answers: The connection to the server localhost:8080 was refused")
                .hasMessageContaining("KUBECONFIG");
    }

    @Test
    void anOldClusterIsRefused() throws IOException {
        String old = script("echo '{\"major\":\"1\",\"minor\":\"25+\",\"gitVersion\":\"v1.25.9\"}'");

        assertThatThrownBy(() -> Kubectl.reaching(old)).hasMessageContaining("v1.25.9; 1.26 or newer is needed");
        assertThat(Kubectl.reaching(script("echo '{\"major\":\"1\",\"minor\":\"26\"}'")))
                .isNotNull();
    }

    @Test
    void aClusterWithoutAnInstallationIsTold() throws IOException {
        Kubectl kubectl = new Kubectl(
                script("echo 'Error from server (NotFound): secrets \"terrafleet\" not found' >&2; exit 1"));

        assertThatThrownBy(() -> Site.of(kubectl, "terrafleet", "terrafleet-runs", null, null))
                .isInstanceOf(PlatformUnusable.class)
                .hasMessageContaining("secrets \"terrafleet\" not found")
                .hasMessageContaining("docs/operations/install.md");
        assertThatThrownBy(() -> Site.of(kubectl, "terrafleet", "terrafleet-runs", null, "a-token"))
                .hasMessageContaining("No port of svc/api-service in terrafleet can be forwarded");
    }

    @Test
    void whatAProbeFoundIsNamed() {
        Site site = new Site(
                new Kubectl("kubectl"), "tf", "tf-runs", URI.create("http://localhost"), "t", Optional.empty());
        assertThat(Probe.configuration(site)).contains("kubernetes.default.svc/443", "postgres.tf.svc/5432");

        Probe.judge("terraform_data.probe (local-exec): probe-done\n");
        assertThatThrownBy(
                        () -> Probe.judge(
                                """
                        terraform_data.probe (local-exec): probe-reached kafka.tf.svc/9092
                        terraform_data.probe (local-exec): probe-found root
                        terraform_data.probe (local-exec): probe-done
                        """))
                .hasMessageContaining("reached kafka.tf.svc/9092; found root");
        assertThatThrownBy(() -> Probe.judge("")).hasMessageContaining("did not come to its end");
    }

    @Test
    void theMedianIsTheMiddle() {
        assertThat(ClusterBench.median(List.of(3.0, 1.0, 2.0))).isEqualTo(2.0);
        assertThat(ClusterBench.median(List.of(4.0, 1.0, 2.0, 3.0))).isEqualTo(2.5);
    }
}
