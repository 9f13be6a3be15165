package io.terrafleet.standalone.journey;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import java.io.IOException;
import java.net.CookieManager;
import java.net.URI;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Somebody at a browser: keeps cookies, follows links, sends the forms of pages. */
final class Browser implements AutoCloseable {
    private static final Pattern HIDDEN =
            Pattern.compile("<input type=\"hidden\" name=\"([^\"]+)\" value=\"([^\"]*)\">");

    private final HttpClient http;

    /** @param authority one more that the browser trusts */
    Browser(Path authority) {
        http = HttpClient.newBuilder()
                .sslContext(TestAuthority.trust(authority))
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** Somebody at a browser, at a platform without TLS. */
    Browser() {
        http = HttpClient.newBuilder()
                .cookieHandler(new CookieManager())
                .followRedirects(HttpClient.Redirect.NEVER)
                .build();
    }

    /** Opens a page that wants to know who asks, and signs in there. @return the page */
    HttpResponse<String> signIn(URI page, String token) throws IOException, InterruptedException {
        return send(open(page), "/app/login", "token", token);
    }

    HttpResponse<String> open(URI address) throws IOException, InterruptedException {
        return follow(http.send(HttpRequest.newBuilder(address).build(), BodyHandlers.ofString()));
    }

    /** Within the site; an answer that leads elsewhere is handed back as it is. */
    private HttpResponse<String> follow(HttpResponse<String> response) throws IOException, InterruptedException {
        if (response.statusCode() != 303) {
            return response;
        }
        URI next =
                response.uri().resolve(response.headers().firstValue("Location").orElseThrow());
        return next.getAuthority().equals(response.uri().getAuthority()) ? open(next) : response;
    }

    /** Fills the page's one form in and sends it. */
    HttpResponse<String> send(HttpResponse<String> page, String path, String field, String value)
            throws IOException, InterruptedException {
        Map<String, String> fields = new LinkedHashMap<>();
        Matcher hidden = HIDDEN.matcher(page.body().substring(page.body().indexOf("action=\"" + path + "\"")));
        while (hidden.find()) {
            fields.put(hidden.group(1), hidden.group(2).replace("&amp;", "&"));
        }
        fields.put(field, value);
        String form = fields.entrySet().stream()
                .map(entry -> entry.getKey() + "=" + URLEncoder.encode(entry.getValue(), StandardCharsets.UTF_8))
                .collect(Collectors.joining("&"));
        HttpRequest request = HttpRequest.newBuilder(page.uri().resolve(path))
                .header("Content-Type", "application/x-www-form-urlencoded")
                .header("Sec-Fetch-Site", "same-origin")
                .POST(BodyPublishers.ofString(form))
                .build();
        return follow(http.send(request, BodyHandlers.ofString()));
    }

    JsonNode post(URI address, String token, Object document) throws IOException, InterruptedException {
        HttpRequest request = HttpRequest.newBuilder(address)
                .header("Authorization", "Bearer " + token)
                .header("Content-Type", "application/vnd.api+json")
                .POST(BodyPublishers.ofByteArray(Json.write(document)))
                .build();
        HttpResponse<String> response = http.send(request, BodyHandlers.ofString());
        assertThat(response.statusCode()).as(response.body()).isEqualTo(201);
        return Json.mapper().readTree(response.body());
    }

    @Override
    public void close() {
        http.close();
    }
}
