package io.terrafleet.api.secret;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.google.crypto.tink.Aead;
import io.terrafleet.contracts.Json;
import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Base64;
import java.util.Map;

/**
 * Encrypts by the transit engine of Vault or OpenBao (https://developer.hashicorp.com/vault/api-docs/secret/transit): the key never leaves it. What
 * is associated rides inside, for not every kind of key takes it beside.
 */
record VaultTransit(SecretConfig.Transit config) implements Aead {
    private static final int MOST_BYTES = 1 << 20;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    @Override
    public byte[] encrypt(byte[] plaintext, byte[] associated) throws GeneralSecurityException {
        String plain = Base64.getEncoder().encodeToString(join(plaintext, associated));
        return ask("encrypt", Map.of("plaintext", plain), "ciphertext").getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public byte[] decrypt(byte[] ciphertext, byte[] associated) throws GeneralSecurityException {
        String plain =
                ask("decrypt", Map.of("ciphertext", new String(ciphertext, StandardCharsets.UTF_8)), "plaintext");
        byte[] joined = Base64.getDecoder().decode(plain);
        int length = joined.length - associated.length;
        if (length < 0 || !Arrays.equals(join(Arrays.copyOf(joined, length), associated), joined)) {
            throw new GeneralSecurityException("it was encrypted for another purpose");
        }
        return Arrays.copyOf(joined, length);
    }

    private static byte[] join(byte[] first, byte[] second) {
        byte[] joined = Arrays.copyOf(first, first.length + second.length);
        System.arraycopy(second, 0, joined, first.length, second.length);
        return joined;
    }

    private String ask(String action, Map<String, String> body, String member) throws GeneralSecurityException {
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(PATIENCE).build()) {
            HttpResponse<InputStream> answer =
                    http.send(request(action, body), HttpResponse.BodyHandlers.ofInputStream());
            try (InputStream in = answer.body()) {
                JsonNode json = Json.mapper().readTree(in.readNBytes(MOST_BYTES));
                String text = json.path("data").path(member).asText("");
                if (answer.statusCode() != 200 || text.isEmpty()) {
                    throw new GeneralSecurityException(
                            "the key management answered " + answer.statusCode() + ": " + json.path("errors"));
                }
                return text;
            }
        } catch (JsonProcessingException e) {
            throw new GeneralSecurityException("the key management does not answer in JSON", e);
        } catch (IOException e) {
            throw new GeneralSecurityException("the key management does not answer: " + e, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new GeneralSecurityException("interrupted while asking the key management", e);
        }
    }

    private HttpRequest request(String action, Map<String, String> body) throws IOException {
        URI base = config.address().orElseThrow();
        HttpRequest.Builder request = HttpRequest.newBuilder(URI.create(base.toString()
                                .replaceAll("/+$", "") + "/v1/" + config.mount() + "/" + action + "/" + config.key()))
                .timeout(PATIENCE)
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofByteArray(Json.write(body)));
        config.namespace().ifPresent(namespace -> request.header("X-Vault-Namespace", namespace));
        if (config.tokenFile().isPresent()) {
            request.header(
                    "X-Vault-Token", Files.readString(config.tokenFile().get()).strip());
        }
        return request.build();
    }
}
