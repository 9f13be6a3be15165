package io.terrafleet.api.login;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.access.TokenLimits;
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
import org.jboss.logging.Logger;

/** Codes that a person's browser carries to the terraform command, and the tokens that the command gets for them. */
@ApplicationScoped
public class Logins {
    private static final Logger LOG = Logger.getLogger(Logins.class);
    private static final Duration CODE_LIFETIME = Duration.ofMinutes(5);
    private static final int CODE_BYTES = 32;
    private static final int LONGEST_CODE = 100;
    private static final int LONGEST_VERIFIER = 128;

    private final LoginStore store;
    private final Tokens tokens;
    private final TokenLimits limits;
    private final InstantSource clock;
    private final RandomGenerator random;

    Logins(
            LoginStore store,
            Tokens tokens,
            TokenLimits limits,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.tokens = tokens;
        this.limits = limits;
        this.clock = clock;
        this.random = random;
    }

    /** The person has agreed. @return the code, good once and for five minutes */
    @Transactional
    String allow(String userId, LoginRequest request) {
        Instant now = clock.instant();
        store.removeExpired(now);
        byte[] bytes = new byte[CODE_BYTES];
        random.nextBytes(bytes);
        String code = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        LoginCodeEntity row = new LoginCodeEntity();
        row.hash = sha256(code);
        row.userId = userId;
        row.challenge = request.challenge();
        row.redirectUri = request.redirectUri();
        row.expiresAt = now.plus(CODE_LIFETIME);
        store.add(row);
        return code;
    }

    /**
     * A token for a code. A code is used up by the first try, right or wrong.
     *
     * @param verifier what the challenge of the request is the hash of
     * @return empty when the code is unknown, used, expired, or meant for somebody else
     */
    @Transactional
    Optional<String> redeem(String code, String verifier, String redirectUri) {
        if (code.isEmpty() || code.length() > LONGEST_CODE || verifier.length() > LONGEST_VERIFIER) {
            return Optional.empty();
        }
        return store.take(sha256(code))
                .filter(row -> row.expiresAt.isAfter(clock.instant()))
                .filter(row -> row.redirectUri.equals(redirectUri))
                .filter(row -> MessageDigest.isEqual(ascii(row.challenge), ascii(challenge(verifier))))
                .map(row -> {
                    LOG.infof("token issued by terraform login userId=%s", row.userId);
                    return tokens.issueForUser(row.userId, "terraform login", limits.latestOfUser(row.userId))
                            .secret();
                });
    }

    private static String challenge(String verifier) {
        return Base64.getUrlEncoder().withoutPadding().encodeToString(sha256(verifier));
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }

    private static byte[] sha256(String text) {
        try {
            return MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every JVM has SHA-256", e);
        }
    }
}
