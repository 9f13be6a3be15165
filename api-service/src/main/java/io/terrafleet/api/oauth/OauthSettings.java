package io.terrafleet.api.oauth;

import io.terrafleet.api.document.RequestDocument;
import io.terrafleet.api.problem.Problem;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Optional;

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
        Optional<Boolean> organizationScoped) {

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
                request.flag("organization-scoped"));
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
