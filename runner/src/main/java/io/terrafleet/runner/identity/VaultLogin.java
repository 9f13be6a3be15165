package io.terrafleet.runner.identity;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.cert.Certificate;
import java.security.cert.CertificateFactory;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Exchanges an identity token for one of Vault's own: https://developer.hashicorp.com/vault/api-docs/auth/jwt#jwt-login. */
final class VaultLogin {
    private static final Duration WITHIN = Duration.ofSeconds(30);
    private static final int MOST_OF_ANSWER = 1 << 20;

    private final URI address;
    private final Optional<String> namespace;
    private final Optional<byte[]> authority;

    /** @param authority certificates in PEM form that Vault's own is signed by; the JVM's when absent */
    VaultLogin(String address, String authPath, Optional<String> namespace, Optional<byte[]> authority) {
        String base = address.endsWith("/") ? address.substring(0, address.length() - 1) : address;
        this.address = URI.create(base + "/v1/auth/" + authPath + "/login");
        this.namespace = namespace;
        this.authority = authority;
    }

    String token(String role, String jwt) throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(address)
                .timeout(WITHIN)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(Map.of("role", role, "jwt", jwt))));
        namespace.ifPresent(name -> request.header("X-Vault-Namespace", name));
        try (HttpClient http = client()) {
            HttpResponse<InputStream> answer = http.send(request.build(), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream content = answer.body()) {
                return read(answer.statusCode(), content.readNBytes(MOST_OF_ANSWER));
            }
        }
    }

    /** Vault's words are told, its tokens are not. */
    private String read(int status, byte[] content) throws IOException {
        if (status != 200) {
            throw new IOException("Vault at " + address + " answered " + status + " to the login");
        }
        JsonNode token = Json.mapper().readTree(content).path("auth").path("client_token");
        if (!token.isTextual()) {
            throw new IOException("Vault at " + address + " answered the login without a token");
        }
        return token.textValue();
    }

    private HttpClient client() throws IOException {
        HttpClient.Builder builder = HttpClient.newBuilder().connectTimeout(WITHIN);
        if (authority.isPresent()) {
            builder.sslContext(trusting(authority.get()));
        }
        return builder.build();
    }

    private static SSLContext trusting(byte[] pem) throws IOException {
        try {
            KeyStore store = KeyStore.getInstance(KeyStore.getDefaultType());
            store.load(null, null);
            int number = 0;
            for (Certificate certificate :
                    CertificateFactory.getInstance("X.509").generateCertificates(new ByteArrayInputStream(pem))) {
                store.setCertificateEntry("ca-" + number++, certificate);
            }
            TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
            trust.init(store);
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, trust.getTrustManagers(), null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IOException("TFC_VAULT_ENCODED_CACERT is not a certificate in PEM form, encoded in base 64", e);
        }
    }
}
