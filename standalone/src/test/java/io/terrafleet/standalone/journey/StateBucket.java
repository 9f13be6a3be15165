package io.terrafleet.standalone.journey;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;

/**
 * One bucket of an object store, as much as terraform's backend {@code s3} asks of it, in the words of S3's REST API: GET, HEAD, PUT
 * (also only where nothing is yet, for the lock), DELETE and the list of keys with a prefix. Nobody's signature is checked.
 */
final class StateBucket implements AutoCloseable {
    private static final String BUCKET = "states";
    private static final String ROOT = "/" + BUCKET + "/";

    private final HttpServer server;
    private final Map<String, byte[]> objects = new ConcurrentSkipListMap<>();
    private final List<String> locked = new CopyOnWriteArrayList<>();

    StateBucket() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/" + BUCKET, this::answer);
        server.start();
    }

    private void answer(HttpExchange exchange) throws IOException {
        try (exchange) {
            byte[] sent = exchange.getRequestBody().readAllBytes();
            String path = exchange.getRequestURI().getPath();
            String query = exchange.getRequestURI().getQuery();
            if (query != null && query.contains("list-type=2")) {
                send(exchange, 200, keys(query));
                return;
            }
            String key = path.startsWith(ROOT) ? path.substring(ROOT.length()) : "";
            switch (exchange.getRequestMethod()) {
                case "GET", "HEAD" -> read(exchange, key);
                case "PUT" -> write(exchange, key, sent);
                case "DELETE" -> {
                    objects.remove(key);
                    exchange.sendResponseHeaders(204, -1);
                }
                default -> exchange.sendResponseHeaders(405, -1);
            }
        }
    }

    private void read(HttpExchange exchange, String key) throws IOException {
        byte[] object = objects.get(key);
        if (object == null) {
            send(exchange, 404, "<Error><Code>NoSuchKey</Code></Error>".getBytes(StandardCharsets.UTF_8));
        } else {
            send(exchange, 200, object);
        }
    }

    private void write(HttpExchange exchange, String key, byte[] object) throws IOException {
        if (exchange.getRequestHeaders().containsKey("If-None-Match") && objects.putIfAbsent(key, object) != null) {
            send(exchange, 412, "<Error><Code>PreconditionFailed</Code></Error>".getBytes(StandardCharsets.UTF_8));
            return;
        }
        if (key.endsWith(".tflock")) {
            locked.add(key);
        }
        objects.put(key, object);
        exchange.getResponseHeaders().add("ETag", "\"" + object.length + "\"");
        exchange.sendResponseHeaders(200, -1);
    }

    private byte[] keys(String query) {
        String prefix = List.of(query.split("&")).stream()
                .filter(part -> part.startsWith("prefix="))
                .map(part -> part.substring("prefix=".length()))
                .findFirst()
                .orElse("");
        String contents = objects.keySet().stream()
                .filter(key -> key.startsWith(prefix))
                .map(key -> "<Contents><Key>" + key + "</Key></Contents>")
                .collect(Collectors.joining());
        return ("<ListBucketResult xmlns=\"http://s3.amazonaws.com/doc/2006-03-01/\"><IsTruncated>false</IsTruncated>"
                        + contents + "</ListBucketResult>")
                .getBytes(StandardCharsets.UTF_8);
    }

    private static void send(HttpExchange exchange, int status, byte[] body) throws IOException {
        boolean head = exchange.getRequestMethod().equals("HEAD");
        exchange.getResponseHeaders().add("Content-Type", "application/xml");
        exchange.sendResponseHeaders(status, head || body.length == 0 ? -1 : body.length);
        if (!head) {
            exchange.getResponseBody().write(body);
        }
    }

    /** A block of configuration. */
    String backend(String key) {
        return """
                terraform {
                  backend "s3" {
                    bucket                      = "%s"
                    key                         = "%s"
                    region                      = "us-east-1"
                    access_key                  = "nobody"
                    secret_key                  = "nothing"
                    use_path_style              = true
                    use_lockfile                = true
                    skip_credentials_validation = true
                    skip_metadata_api_check     = true
                    skip_requesting_account_id  = true
                    skip_region_validation      = true
                    endpoints                   = { s3 = "http://127.0.0.1:%d" }
                  }
                }
                """
                .formatted(BUCKET, key, server.getAddress().getPort());
    }

    /** Of all objects, in order. */
    List<String> keys() {
        return List.copyOf(objects.keySet());
    }

    /** Keys of the locks that were taken, in the order of time. */
    List<String> locked() {
        return List.copyOf(locked);
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
