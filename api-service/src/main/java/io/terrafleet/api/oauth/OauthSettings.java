package io.terrafleet.api.oauth;

import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.problem.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;
import java.util.regex.Pattern;

/** What a request says of a client; what it does not say stays. */
record OauthSettings(
        Optional<String> name,
        Optional<ServiceProvider> provider,
        Optional<String> httpUrl,
        Optional<String> apiUrl,
        Optional<String> key,
        Optional<String> secret,
        Optional<String> rsaPublicKey,
        Optional<String> token,
        Optional<Boolean> organizationScoped,
        Optional<App> app) {
    private static final Pattern NAME = Pattern.compile("[A-Za-z0-9._]{1,100}");
    private static final Pattern INSTALLATION = Pattern.compile("[0-9]{1,20}");

    /** An installation of a GitHub App; the token is then the App's private key. */
    record App(String id, String installation) {}

    static OauthSettings read(RequestDocument request) {
        Optional<ServiceProvider> provider = request.text("service-provider").map(word -> ServiceProvider.of(word)
                .orElseThrow(
                        () -> Problem.invalid("service-provider", "Service provider is not included in the list")));
        return new OauthSettings(
                request.text("name", 256),
                provider,
                url(request, "http-url"),
                url(request, "api-url"),
                request.text("key", 1_024),
                request.text("secret", 16_384),
                request.text("rsa-public-key", 16_384),
                request.text("oauth-token-string", 16_384),
                request.flag("organization-scoped"),
                app(request));
    }

    private static Optional<App> app(RequestDocument request) {
        Optional<String> id = request.text("github-app-id", 100);
        Optional<String> installation = request.text("github-app-installation-id", 100);
        if (id.isEmpty() && installation.isEmpty()) {
            return Optional.empty();
        }
        if (!NAME.matcher(id.orElse("")).matches()) {
            throw Problem.invalid("github-app-id", "Github app id must be the number or the client id of a GitHub App");
        }
        if (!INSTALLATION.matcher(installation.orElse("")).matches()) {
            throw Problem.invalid(
                    "github-app-installation-id", "Github app installation id must be the number of an installation");
        }
        return Optional.of(new App(id.orElseThrow(), installation.orElseThrow()));
    }

    private static Optional<String> url(RequestDocument request, String attribute) {
        return request.text(attribute, 2_048).map(text -> {
            try {
                URI uri = new URI(text);
                if (uri.getHost() != null && ("https".equals(uri.getScheme()) || "http".equals(uri.getScheme()))) {
                    return text;
                }
                throw invalid(attribute);
            } catch (URISyntaxException e) {
                throw invalid(attribute);
            }
        });
    }

    private static Problem invalid(String attribute) {
        return Problem.invalid(attribute, attribute + " must be an address such as https://github.com");
    }
}
