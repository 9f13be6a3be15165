package io.terrafleet.api.session;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.access.Principal;
import io.terrafleet.api.access.Tokens;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;
import java.util.Optional;
import java.util.random.RandomGenerator;

/**
 * Sessions of browsers. The cookie's value is 256 random bits of which only the hash is kept; the token that forms carry is derived
 * from the same value, so it is bound to the session and needs no place of its own.
 */
@ApplicationScoped
public class Sessions {
    public static final Duration LIFETIME = Duration.ofHours(12);

    private static final int SECRET_BYTES = 32;
    private static final int SECRET_LENGTH = 43;

    private final SessionStore store;
    private final Tokens tokens;
    private final InstantSource clock;
    private final RandomGenerator random;

    Sessions(
            SessionStore store,
            Tokens tokens,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.tokens = tokens;
        this.clock = clock;
        this.random = random;
    }

    /** @return the cookie's value; empty when the token is unknown, revoked or expired */
    @Transactional
    public Optional<String> signIn(String token) {
        Instant now = clock.instant();
        store.removeExpired(now);
        return tokens.bySecret(token).map(found -> {
            byte[] bytes = new byte[SECRET_BYTES];
            random.nextBytes(bytes);
            String secret = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
            SessionEntity session = new SessionEntity();
            session.hash = hash(secret);
            session.tokenId = found.id();
            session.createdAt = now;
            session.expiresAt = now.plus(LIFETIME);
            store.add(session);
            return secret;
        });
    }

    /** Who is signed in; empty when the session or its token has ended. */
    @Transactional
    public Optional<Principal> principal(String secret) {
        if (secret.length() != SECRET_LENGTH) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        return store.byHash(hash(secret))
                .filter(session -> session.expiresAt.isAfter(now))
                .flatMap(session -> tokens.principalOf(session.tokenId));
    }

    @Transactional
    public void signOut(String secret) {
        store.remove(hash(secret));
    }

    /** What every form of the session carries. */
    public static String formToken(String secret) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(hash("form:" + secret));
    }

    private static byte[] hash(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
