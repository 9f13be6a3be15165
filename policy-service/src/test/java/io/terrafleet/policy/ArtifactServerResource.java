package io.terrafleet.policy;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Points the service at an {@link ArtifactServer} and gives it to the test. */
public final class ArtifactServerResource implements QuarkusTestResourceLifecycleManager {
    private @Nullable ArtifactServer server;

    @Override
    public Map<String, String> start() {
        server = new ArtifactServer(0);
        return Map.of(
                "terrafleet.policy.api-url", server.url().toString(),
                "terrafleet.policy.allow-private-addresses", "true",
                "terrafleet.policy.engine-answers-within", "2s",
                // Nobody asks it, and other modules' tests may run at the same time.
                "quarkus.http.test-port", "0");
    }

    @Override
    public void inject(TestInjector injector) {
        injector.injectIntoFields(Objects.requireNonNull(server), new TestInjector.MatchesType(ArtifactServer.class));
    }

    @Override
    public void stop() {
        if (server != null) {
            server.close();
        }
    }
}
