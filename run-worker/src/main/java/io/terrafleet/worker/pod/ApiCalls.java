package io.terrafleet.worker.pod;

import io.fabric8.kubernetes.client.http.BasicBuilder;
import io.fabric8.kubernetes.client.http.HttpRequest;
import io.fabric8.kubernetes.client.http.Interceptor;
import java.util.Locale;
import java.util.function.BiConsumer;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Counts what is asked of the Kubernetes API, by verb ({@code create}, {@code watch}, …) and resource ({@code jobs}, …). */
final class ApiCalls implements Interceptor {
    private static final Pattern RESOURCE = Pattern.compile("/namespaces/[^/]+/([a-z]+)(/[^/]+)?");

    private final BiConsumer<String, String> count;

    /** @param count is told verb and resource of each request, before it is sent */
    ApiCalls(BiConsumer<String, String> count) {
        this.count = count;
    }

    @Override
    public void before(BasicBuilder builder, HttpRequest request, RequestTags tags) {
        Matcher path = RESOURCE.matcher(request.uri().getPath());
        boolean known = path.find();
        boolean named = known && path.group(2) != null;
        count.accept(verb(request, named), known ? path.group(1) : "other");
    }

    private static String verb(HttpRequest request, boolean named) {
        String query = request.uri().getQuery();
        return switch (request.method()) {
            case "GET" -> query != null && query.contains("watch=true") ? "watch" : named ? "get" : "list";
            case "POST" -> "create";
            case "DELETE" -> named ? "delete" : "deletecollection";
            default -> request.method().toLowerCase(Locale.ROOT);
        };
    }
}
