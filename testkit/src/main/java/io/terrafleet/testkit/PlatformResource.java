package io.terrafleet.testkit;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import java.util.Map;
import java.util.TreeMap;

/**
 * A real broker and a real database for a {@code @QuarkusTest}: {@code @QuarkusTestResource(PlatformResource.class)}. Every test
 * class of the JVM, under whatever profile, gets the same two; a test therefore makes its own organization and workspace. Sets
 * {@code kafka.bootstrap.servers}, {@code platform.database.url}, {@code .username}, {@code .password} and
 * {@code terrafleet.internal.key}.
 */
public final class PlatformResource implements QuarkusTestResourceLifecycleManager {

    /**
     * The servers live in the JVM's own class loader: those of Quarkus come and go with each profile, and a broker whose loader is
     * closed cannot even stop.
     */
    @Override
    public Map<String, String> start() {
        Thread thread = Thread.currentThread();
        ClassLoader before = thread.getContextClassLoader();
        ClassLoader lasting = ClassLoader.getSystemClassLoader();
        thread.setContextClassLoader(lasting);
        try {
            Object configuration = lasting.loadClass(EmbeddedServers.class.getName())
                    .getMethod("configuration")
                    .invoke(null);
            Map<String, String> keys = new TreeMap<>();
            ((Map<?, ?>) configuration).forEach((key, value) -> keys.put(key.toString(), value.toString()));
            return keys;
        } catch (ReflectiveOperationException e) {
            throw new IllegalStateException("the embedded broker and database do not start", e);
        } finally {
            thread.setContextClassLoader(before);
        }
    }

    /** Nothing: the next test class uses them too; they end with the JVM. */
    @Override
    public void stop() {}
}
