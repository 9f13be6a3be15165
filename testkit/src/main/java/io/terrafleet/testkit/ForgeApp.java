package io.terrafleet.testkit;

import com.fasterxml.jackson.databind.JsonNode;
import io.terrafleet.contracts.Json;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.Signature;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** An App of a {@link GitForge} and its one installation: who shows a statement that is signed with its key gets a token for an hour. */
public final class ForgeApp {
    public static final String ID = "4711";
    public static final String INSTALLATION = "77";

    private final KeyPair keys;
    private final Set<String> tokens = ConcurrentHashMap.newKeySet();
    private final AtomicInteger given = new AtomicInteger();

    ForgeApp() {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("RSA");
            generator.initialize(2_048);
            keys = generator.generateKeyPair();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException(e);
        }
    }

    /** PKCS #1, as GitHub gives it out: what PKCS #8 has wrapped into an octet string, which is its last part. */
    public String privateKey() {
        byte[] wrapped = keys.getPrivate().getEncoded();
        byte[] inner = new byte[wrapped.length - 26];
        System.arraycopy(wrapped, 26, inner, 0, inner.length);
        return "-----BEGIN RSA PRIVATE KEY-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(inner)
                + "\n-----END RSA PRIVATE KEY-----\n";
    }

    /** Tokens that were given so far. */
    public int given() {
        return given.get();
    }

    boolean isToken(String token) {
        return tokens.contains(token);
    }

    /** The answer to who asks for a token with this statement; empty for who is not the App. */
    Optional<JsonNode> token(String installation, String authorization) {
        if (!installation.equals(INSTALLATION) || !authentic(authorization.replaceFirst("^Bearer ", ""))) {
            return Optional.empty();
        }
        String token = "ghs_of_the_tests_" + given.incrementAndGet();
        tokens.add(token);
        return Optional.of(Json.mapper()
                .createObjectNode()
                .put("token", token)
                .put("expires_at", Instant.now().plus(Duration.ofHours(1)).toString()));
    }

    private boolean authentic(String jwt) {
        String[] parts = jwt.split("\\.", -1);
        if (parts.length != 3) {
            return false;
        }
        try {
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initVerify(keys.getPublic());
            signature.update((parts[0] + "." + parts[1]).getBytes(StandardCharsets.US_ASCII));
            JsonNode header = Json.mapper().readTree(Base64.getUrlDecoder().decode(parts[0]));
            JsonNode claims = Json.mapper().readTree(Base64.getUrlDecoder().decode(parts[1]));
            long now = Instant.now().getEpochSecond();
            long end = claims.path("exp").asLong();
            return signature.verify(Base64.getUrlDecoder().decode(parts[2]))
                    && header.path("alg").asText().equals("RS256")
                    && claims.path("iss").asText().equals(ID)
                    && claims.path("iat").asLong() <= now
                    && end > now
                    && end - claims.path("iat").asLong() <= 660;
        } catch (GeneralSecurityException | IOException | IllegalArgumentException e) {
            return false;
        }
    }
}
