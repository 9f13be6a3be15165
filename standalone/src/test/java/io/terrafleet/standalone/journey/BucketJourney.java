package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.terrafleet.standalone.client.ApiFailure;
import io.terrafleet.testkit.Await;
import io.terrafleet.testkit.S3Server;
import io.terrafleet.testkit.TarGz;
import io.terrafleet.testkit.Terraform;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.api.parallel.ResourceLock;

/** A platform whose large artifacts lie in a bucket: real runs, a kill, and a store that is away for a while. */
@Execution(ExecutionMode.CONCURRENT)
@ResourceLock(TestPlatform.OWN)
class BucketJourney {
    private static final String PREFIX = "terrafleet/artifacts/";
    private static final String MARK = "marked-for-the-bucket";
    private static final Duration PATIENCE = Duration.ofMinutes(4);

    /** What is in the file is in the plan and in the state as well; none of them fits into a row. */
    private static final String MAIN =
            """
            resource "terraform_data" "large" {
              input = file("large.txt")
            }
            """;

    @TempDir
    private Path directory;

    @Test
    void everythingLargeIsInTheBucketAndComesBack() throws Exception {
        Terraform.orSkip();
        try (S3Server store = new S3Server();
                TestPlatform platform = TestPlatform.start(directory, settings(store))) {
            TestWorkspace workspace = platform.workspace(
                    platform.organization(), "large", Map.of("main.tf", MAIN, "large.txt", large(1)));
            applied(workspace);
            assertThat(store.count(PREFIX)).as("archive, plan and state").isGreaterThanOrEqualTo(3);
            assertThat(files()).as("files of the directory").isEmpty();
            String state = state(platform, workspace);
            assertThat(state).contains(MARK);

            platform.killNine();
            platform.startAgain();
            assertThat(state(platform, workspace)).isEqualTo(state);

            store.goAway();
            awaitReadiness(platform, 503);
            assertThatThrownBy(() -> workspace.configured(archive(2)))
                    .isInstanceOf(ApiFailure.class)
                    .hasMessageContaining("503");
            assertThatThrownBy(() -> state(platform, workspace))
                    .isInstanceOf(ApiFailure.class)
                    .hasMessageContaining("503");
            store.comeBack();
            awaitReadiness(platform, 200);
            applied(workspace.configured(archive(3)));
            assertThat(state(platform, workspace)).contains(MARK).isNotEqualTo(state);
        }
    }

    private static Map<String, String> settings(S3Server store) {
        return Map.of(
                "TERRAFLEET_ARTIFACT_PLACE",
                "s3",
                "TERRAFLEET_ARTIFACT_S3_BUCKET",
                S3Server.BUCKET,
                "TERRAFLEET_ARTIFACT_S3_ENDPOINT",
                store.endpoint().toString(),
                "TERRAFLEET_ARTIFACT_S3_PATH_STYLE",
                "true",
                "TERRAFLEET_ARTIFACT_S3_ACCESS_KEY",
                S3Server.ACCESS_KEY,
                "TERRAFLEET_ARTIFACT_S3_SECRET_KEY",
                S3Server.SECRET_KEY,
                "TERRAFLEET_ARTIFACT_S3_WITHIN",
                "PT3S");
    }

    private static void applied(TestWorkspace workspace) {
        TestRun run = workspace.startRun();
        run.untilConfirmable();
        run.confirm();
        assertThat(run.untilFinished().status()).isEqualTo("applied");
    }

    private static String state(TestPlatform platform, TestWorkspace workspace) {
        return new String(platform.api().state(workspace.id()), StandardCharsets.UTF_8);
    }

    private static byte[] archive(int number) throws Exception {
        return TarGz.of(Map.of("main.tf", MAIN, "large.txt", large(number)));
    }

    /** A quarter of a megabyte that does not become much smaller when it is packed. */
    private static String large(int number) throws Exception {
        MessageDigest digest = MessageDigest.getInstance("SHA-256");
        StringBuilder text = new StringBuilder(MARK);
        for (int i = 0; i < 4_000; i++) {
            byte[] next = digest.digest((number + "/" + i).getBytes(StandardCharsets.UTF_8));
            text.append(HexFormat.of().formatHex(next));
        }
        return text.toString();
    }

    private Stream<Path> files() throws IOException {
        Path artifacts = directory.resolve("data/artifacts");
        if (!Files.isDirectory(artifacts)) {
            return Stream.empty();
        }
        try (Stream<Path> tree = Files.walk(artifacts)) {
            return tree.filter(Files::isRegularFile).toList().stream();
        }
    }

    private static void awaitReadiness(TestPlatform platform, int status) {
        HttpRequest request = HttpRequest.newBuilder(URI.create(platform.url() + "/q/health/ready"))
                .build();
        try (HttpClient client = HttpClient.newHttpClient()) {
            Await.until("readiness to answer " + status, PATIENCE, () -> {
                try {
                    return client.send(request, HttpResponse.BodyHandlers.discarding())
                                    .statusCode()
                            == status;
                } catch (IOException e) {
                    return false;
                } catch (InterruptedException e) {
                    Thread.currentThread().interrupt();
                    throw new AssertionError("interrupted", e);
                }
            });
        }
    }
}
