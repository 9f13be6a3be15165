package io.terrafleet.api.access;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.contracts.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** API tokens: issued once in clear, kept as a hash. */
@ApplicationScoped
public class Tokens {
    private static final int SECRET_LENGTH = 54;

    private final AccessStore store;
    private final InstantSource clock;
    private final RandomGenerator random;

    Tokens(AccessStore store, @Identifier("api") InstantSource clock, @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.clock = clock;
        this.random = random;
    }

    /** A token as its owner sees it later: without the secret. */
    public record Token(
            String id,
            String description,
            Instant createdAt,
            Optional<Instant> expiresAt,
            Optional<Instant> lastUsedAt,
            Optional<String> userId,
            Optional<String> organizationId) {}

    /** The only moment at which the secret exists in clear. */
    public record Issued(Token token, String secret) {}

    /** Whose token it is; empty for an unknown, revoked or expired one. */
    @Transactional
    public Optional<Principal> authenticate(String secret) {
        return good(secret).flatMap(this::principal);
    }

    /** The token with that secret; empty for an unknown, revoked or expired one. */
    @Transactional
    public Optional<Token> bySecret(String secret) {
        return good(secret).map(Tokens::view);
    }

    /** Whose token it is, for somebody who has proven before to have it; empty when it is revoked or expired since. */
    @Transactional
    public Optional<Principal> principalOf(String id) {
        Instant now = clock.instant();
        return store.token(id).filter(found -> lasts(found, now)).flatMap(this::principal);
    }

    private Optional<TokenEntity> good(String secret) {
        if (secret.isEmpty() || secret.length() > 500) {
            return Optional.empty();
        }
        Instant now = clock.instant();
        Optional<TokenEntity> token = store.tokenByHash(hash(secret)).filter(found -> lasts(found, now));
        token.filter(found -> found.lastUsedAt == null || found.lastUsedAt.isBefore(now.minus(Duration.ofMinutes(1))))
                .ifPresent(found -> store.touch(found.id, now));
        return token;
    }

    private static boolean lasts(TokenEntity token, Instant now) {
        return token.expiresAt == null || token.expiresAt.isAfter(now);
    }

    @Transactional
    public Issued issueForUser(String userId, String description, Optional<Instant> expiresAt) {
        return issue(userId, null, description, expiresAt, newSecret());
    }

    /** An organization has one token; a new one replaces it. */
    @Transactional
    public Issued issueForOrganization(String organizationId, Optional<Instant> expiresAt) {
        store.tokenOfOrganization(organizationId).ifPresent(store::remove);
        return issue(null, organizationId, "organization token", expiresAt, newSecret());
    }

    @Transactional
    public List<Token> ofUser(String userId) {
        return store.tokensOfUser(userId).stream().map(Tokens::view).toList();
    }

    @Transactional
    public Optional<Token> ofOrganization(String organizationId) {
        return store.tokenOfOrganization(organizationId).map(Tokens::view);
    }

    @Transactional
    public Optional<Token> find(String id) {
        return store.token(id).map(Tokens::view);
    }

    @Transactional
    public void revoke(String id) {
        store.token(id).ifPresent(store::remove);
    }

    /** Makes a token whose secret was chosen elsewhere; calling again with the same secret changes nothing. */
    @Transactional
    void preset(String userId, String description, String secret) {
        if (store.tokenByHash(hash(secret)).isPresent()) {
            return;
        }
        store.tokensOfUser(userId).stream()
                .filter(token -> token.description.equals(description))
                .forEach(store::remove);
        issue(userId, null, description, Optional.empty(), secret);
    }

    private Issued issue(
            @Nullable String userId,
            @Nullable String organizationId,
            String description,
            Optional<Instant> expiresAt,
            String secret) {
        TokenEntity token = new TokenEntity();
        token.id = Ids.make("at", random);
        token.hash = hash(secret);
        token.userId = userId;
        token.organizationId = organizationId;
        token.description = description;
        token.createdAt = clock.instant();
        token.expiresAt = expiresAt.orElse(null);
        store.add(token);
        return new Issued(view(token), secret);
    }

    private Optional<Principal> principal(TokenEntity token) {
        if (token.userId != null) {
            return store.user(token.userId)
                    .map(user -> new Principal(user.id, user.username, user.siteAdmin, Optional.empty()));
        }
        String organization = java.util.Objects.requireNonNull(token.organizationId);
        return Optional.of(new Principal(organization, "organization token", false, Optional.of(organization)));
    }

    /** {@code tfl.} and 54 characters of base 58: 316 bits, recognisable to secret scanners. */
    private String newSecret() {
        StringBuilder secret = new StringBuilder("tfl.");
        while (secret.length() < SECRET_LENGTH) {
            secret.append(Ids.make("x", random).substring(2));
        }
        return secret.substring(0, SECRET_LENGTH + 4);
    }

    private static Token view(TokenEntity token) {
        return new Token(
                token.id,
                token.description,
                token.createdAt,
                Optional.ofNullable(token.expiresAt),
                Optional.ofNullable(token.lastUsedAt),
                Optional.ofNullable(token.userId),
                Optional.ofNullable(token.organizationId));
    }

    static byte[] hash(String secret) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(secret.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
