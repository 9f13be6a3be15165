package io.terrafleet.standalone.journey;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * As much of AWS's CloudWatch as the AWS provider asks for when it makes, reads and removes dashboards (the query protocol of
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference): with it something that has a price is really applied, without an
 * account.
 */
final class CloudWatch implements AutoCloseable {
    private static final String NAMESPACE = "http://monitoring.amazonaws.com/doc/2010-08-01/";

    private final HttpServer server;
    private final Map<String, String> dashboards = new ConcurrentHashMap<>();

    CloudWatch() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.createContext("/", exchange -> {
            String form = new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
            byte[] answer = answer(fields(form)).getBytes(StandardCharsets.UTF_8);
            exchange.getResponseHeaders().set("Content-Type", "text/xml");
            if (answer.length == 0) {
                exchange.sendResponseHeaders(400, -1);
            } else {
                exchange.sendResponseHeaders(200, answer.length);
                exchange.getResponseBody().write(answer);
            }
            exchange.close();
        });
        server.start();
    }

    URI url() {
        return URI.create("http://127.0.0.1:" + server.getAddress().getPort());
    }

    /** The names of the dashboards that there are. */
    Set<String> dashboards() {
        return Set.copyOf(dashboards.keySet());
    }

    private String answer(Map<String, String> asked) {
        String name = asked.getOrDefault("DashboardName", "");
        String action = asked.getOrDefault("Action", "");
        return switch (action) {
            case "PutDashboard" -> {
                dashboards.put(name, asked.getOrDefault("DashboardBody", ""));
                yield result(action, "<DashboardValidationMessages/>");
            }
            case "GetDashboard" -> {
                String body =
                        dashboards.getOrDefault(name, "").replace("&", "&amp;").replace("<", "&lt;");
                yield result(
                        action,
                        "<DashboardArn>arn:aws:cloudwatch::123456789012:dashboard/" + name + "</DashboardArn>"
                                + "<DashboardBody>" + body + "</DashboardBody><DashboardName>" + name
                                + "</DashboardName>");
            }
            case "DeleteDashboards" -> {
                dashboards.remove(asked.getOrDefault("DashboardNames.member.1", ""));
                yield result(action, "");
            }
            default -> "";
        };
    }

    private static String result(String action, String content) {
        return "<%1$sResponse xmlns=\"%2$s\"><%1$sResult>%3$s</%1$sResult></%1$sResponse>"
                .formatted(action, NAMESPACE, content);
    }

    private static Map<String, String> fields(String form) {
        Map<String, String> fields = new HashMap<>();
        for (String field : form.split("&", -1)) {
            String[] halves = field.split("=", 2);
            fields.put(halves[0], halves.length == 1 ? "" : URLDecoder.decode(halves[1], StandardCharsets.UTF_8));
        }
        return fields;
    }

    @Override
    public void close() {
        server.stop(0);
    }
}
