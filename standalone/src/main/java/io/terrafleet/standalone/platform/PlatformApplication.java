package io.terrafleet.standalone.platform;

import io.quarkus.runtime.QuarkusApplication;
import org.jspecify.annotations.Nullable;

/** Quarkus makes this by itself once all services are up; it hands over to what {@link Platform} was given. */
public final class PlatformApplication implements QuarkusApplication {
    /** A body that may fail. */
    @FunctionalInterface
    interface Body {
        int run() throws Exception;
    }

    private static volatile @Nullable Body body;

    static void willRun(Body next) {
        body = next;
    }

    @Override
    public int run(String... arguments) throws Exception {
        Body given = body;
        if (given == null) {
            throw new IllegalStateException("started without a Platform");
        }
        return given.run();
    }
}
