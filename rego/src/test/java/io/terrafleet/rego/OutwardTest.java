package io.terrafleet.rego;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import io.terrafleet.rego.evaluation.Limits;
import io.terrafleet.rego.evaluation.Settings;
import io.terrafleet.rego.problem.RegoException;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Policies that reach outside, on a real HTTP server; and what a file reads of its input. */
@SuppressWarnings("NullAway.Init")
class OutwardTest {
    private static final Settings MAY = Settings.DEFAULT.withAllowed(Set.of("http.send"));
    private static final CountDownLatch OVER = new CountDownLatch(1);

    static HttpServer server;
    static ExecutorService threads;

    @BeforeAll
    static void listen() throws IOException {
        threads = Executors.newVirtualThreadPerTaskExecutor();
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/approvals", exchange -> {
            byte[] body = "{\"approved\": true}".getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().add("Content-Type", "application/json");
            exchange.sendResponseHeaders(200, body.length);
            exchange.getResponseBody().write(body);
            exchange.close();
        });
        server.createContext("/moved", exchange -> {
            exchange.getResponseHeaders().add("Location", "/approvals");
            exchange.sendResponseHeaders(302, -1);
            exchange.close();
        });
        server.createContext("/trickle", exchange -> {
            exchange.sendResponseHeaders(200, 1_000_000);
            trickle(exchange.getResponseBody());
        });
        server.start();
    }

    /** One byte, and nothing more until the tests are over. */
    private static void trickle(OutputStream body) throws IOException {
        body.write('{');
        body.flush();
        try {
            OVER.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @AfterAll
    static void close() {
        OVER.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    private static String url(String path) {
        return "http://127.0.0.1:" + server.getAddress().getPort() + path;
    }

    private static String asked(String url, String more, Settings settings) {
        return Policy.of("x := http.send({\"method\": \"get\", \"url\": \"" + url + "\"" + more + "}).body.approved")
                .value("x", null, settings);
    }

    @Test
    void asksWhatItMay() {
        assertThat(asked(url("/approvals"), "", MAY)).isEqualTo("true");
        assertThat(asked(url("/moved"), ", \"enable_redirect\": true", MAY)).isEqualTo("true");
        assertThat(asked(url("/moved"), "", MAY)).isEqualTo("undefined");
    }

    @Test
    void whatMayNotBeAskedHaltsThePolicy() {
        assertThatThrownBy(() -> asked(url("/approvals"), "", Settings.DEFAULT))
                .isInstanceOf(RegoException.class)
                .hasMessageContaining("allowed by name");
        assertThatThrownBy(
                        () -> asked(url("/approvals"), "", MAY.withReachable(address -> !address.isLoopbackAddress())))
                .isInstanceOf(RegoException.class)
                .hasMessageContaining("may not be asked");
    }

    @Test
    void silenceIsNoAnswer() {
        assertThatThrownBy(() -> asked("http://127.0.0.1:1/", "", MAY)).isInstanceOf(RegoException.class);
        assertThat(Policy.of("x := http.send({\"method\": \"get\", \"url\": \"http://127.0.0.1:1/\","
                                + " \"raise_error\": false}).status_code")
                        .value("x", null, MAY))
                .isEqualTo("0");
    }

    @Test
    void aBodyThatTricklesInIsCutOff() {
        long start = System.nanoTime();
        assertThatThrownBy(() -> asked(url("/trickle"), ", \"timeout\": \"300ms\"", MAY))
                .isInstanceOf(RegoException.class)
                .hasMessageContaining("within the time given");
        Settings hurried = MAY.withLimits(new Limits(1_000_000, 100, Duration.ofMillis(300)));
        assertThatThrownBy(() -> asked(url("/trickle"), ", \"timeout\": \"30s\"", hurried))
                .isInstanceOf(RegoException.class);
        assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(Duration.ofSeconds(5));
    }

    @Test
    void knowsWhatAFileReadsOfItsInput() {
        assertThat(reads("deny contains \"x\" if input.cost.delta > 1")).isTrue();
        assertThat(reads("deny contains \"x\" if input[\"cost\"]")).isTrue();
        assertThat(reads("deny contains x if some x in [y | y := input.cost.items[_]]"))
                .isTrue();
        assertThat(reads("import input.cost as money\n\ndeny contains \"x\" if money > 1"))
                .isTrue();
        assertThat(reads("import input as doc\n\ndeny contains \"x\" if doc.cost"))
                .isTrue();
        assertThat(reads("deny contains $\"it is {input.cost}\" if true")).isTrue();
        assertThat(reads("deny contains \"x\" if { some k; input[k] == 1 }")).isTrue();
        assertThat(reads("deny contains \"x\" if walk(input, [_, 7])")).isTrue();
        assertThat(reads("deny contains \"x\" if input.plan.cost")).isFalse();
        assertThat(reads("deny contains \"x\" if count(deny) with input as {} with input.cost as 1"))
                .isFalse();
    }

    private static boolean reads(String rules) {
        return RegoModule.parse("t.rego", "package t\n\n" + rules).readsInput("cost")
                && RegoModule.parse("t.rego", "package t\n\n" + rules).path().equals(List.of("t"));
    }
}
