package io.terrafleet.api.identity;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.contracts.InternalKey;
import jakarta.enterprise.context.ApplicationScoped;
import java.nio.charset.StandardCharsets;
import java.security.Key;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Map;
import java.util.Optional;
import org.jose4j.jwa.AlgorithmConstraints;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.jwt.consumer.InvalidJwtException;
import org.jose4j.jwt.consumer.JwtConsumerBuilder;
import org.jose4j.keys.HmacKey;
import org.jose4j.lang.JoseException;

/**
 * Tokens by which a run's terraform reads the private registry. Only this platform reads them, so the key that its services share
 * makes them (HS256), and no key that others trust is spent on every phase of every run.
 */
@ApplicationScoped
class RegistryTokens {
    private static final String AUDIENCE = "terrafleet-registry";
    private static final String PURPOSE = "registry-token";

    private final Key key;
    private final InstantSource clock;

    RegistryTokens(@Identifier("api") InternalKey key, @Identifier("api") InstantSource clock) {
        this.key = new HmacKey(key.sign(PURPOSE, "key").getBytes(StandardCharsets.US_ASCII));
        this.clock = clock;
    }

    String token(Workload workload, Duration goodFor) {
        Instant now = clock.instant();
        JwtClaims claims = new JwtClaims();
        claims.setAudience(AUDIENCE);
        claims.setExpirationTime(NumericDate.fromSeconds(now.plus(goodFor).getEpochSecond()));
        claims.setStringClaim("terraform_organization_id", workload.organizationId());
        claims.setStringClaim("terraform_run_id", workload.runId());
        JsonWebSignature signature = new JsonWebSignature();
        signature.setPayload(claims.toJson());
        signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.HMAC_SHA256);
        signature.setKey(key);
        try {
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("a registry token cannot be signed", e);
        }
    }

    /** What a token of ours says while it is good; empty for any other text. */
    Optional<Map<String, Object>> read(String token) {
        try {
            return Optional.of(new JwtConsumerBuilder()
                    .setVerificationKey(key)
                    .setJwsAlgorithmConstraints(
                            AlgorithmConstraints.ConstraintType.PERMIT, AlgorithmIdentifiers.HMAC_SHA256)
                    .setExpectedAudience(AUDIENCE)
                    .setRequireExpirationTime()
                    .setEvaluationTime(NumericDate.fromSeconds(clock.instant().getEpochSecond()))
                    .build()
                    .processToClaims(token)
                    .getClaimsMap());
        } catch (InvalidJwtException e) {
            return Optional.empty();
        }
    }
}
