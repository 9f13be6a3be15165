package io.terrafleet.api.identity;

import io.quarkus.scheduler.Scheduled;
import io.quarkus.scheduler.Scheduled.ConcurrentExecution;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.document.PublicUrl;
import io.terrafleet.api.secret.Secrets;
import io.terrafleet.contracts.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;
import org.jboss.logging.Logger;
import org.jose4j.json.JsonUtil;
import org.jose4j.jwk.JsonWebKey;
import org.jose4j.jwk.PublicJsonWebKey;
import org.jose4j.jwk.RsaJsonWebKey;
import org.jose4j.jwk.RsaJwkGenerator;
import org.jose4j.jws.AlgorithmIdentifiers;
import org.jose4j.jws.JsonWebSignature;
import org.jose4j.jwt.JwtClaims;
import org.jose4j.jwt.NumericDate;
import org.jose4j.lang.JoseException;

/** The door to the issuer: what it publishes, tokens it gives out, and the coming and going of its keys (RSA, 2048 bits, RS256). */
@ApplicationScoped
public class Identities {
    private static final Logger LOG = Logger.getLogger(Identities.class);
    private static final int BITS = 2048;

    private final IdentityKeyStore store;
    private final IdentityConfig config;
    private final Secrets secrets;
    private final PublicUrl url;
    private final InstantSource clock;
    private final RandomGenerator random;

    Identities(
            IdentityKeyStore store,
            IdentityConfig config,
            Secrets secrets,
            PublicUrl url,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.config = config;
        this.secrets = secrets;
        this.url = url;
        this.clock = clock;
        this.random = random;
    }

    public String issuer() {
        return url.of("");
    }

    /** Public keys as JSON Web Keys (RFC 7517), the newest first. */
    @Transactional
    public List<Map<String, Object>> published() {
        if (store.all().isEmpty()) {
            newest();
        }
        return store.all().stream().map(row -> parsed(row.publicJwk)).toList();
    }

    /** A token for one audience; never kept, never logged. */
    @Transactional
    public String token(Workload workload, String audience, Duration goodFor) {
        Instant now = clock.instant();
        JwtClaims claims = new JwtClaims();
        claims.setJwtId(Ids.make("jwt", random));
        claims.setIssuer(issuer());
        claims.setSubject(workload.subject());
        claims.setAudience(audience);
        claims.setIssuedAt(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setNotBefore(NumericDate.fromSeconds(now.getEpochSecond()));
        claims.setExpirationTime(NumericDate.fromSeconds(now.plus(goodFor).getEpochSecond()));
        claims.setStringClaim("terraform_organization_id", workload.organizationId());
        claims.setStringClaim("terraform_organization_name", workload.organizationName());
        claims.setStringClaim("terraform_project_id", workload.projectId());
        claims.setStringClaim("terraform_project_name", workload.projectName());
        claims.setStringClaim("terraform_workspace_id", workload.workspaceId());
        claims.setStringClaim("terraform_workspace_name", workload.workspaceName());
        claims.setStringClaim("terraform_full_workspace", workload.fullWorkspace());
        claims.setStringClaim("terraform_run_id", workload.runId());
        claims.setStringClaim("terraform_run_phase", workload.phase());
        return signed(claims);
    }

    private String signed(JwtClaims claims) {
        IdentityKeyEntity key = newest();
        try {
            PublicJsonWebKey jwk =
                    PublicJsonWebKey.Factory.newPublicJwk(secrets.unsealText(key.sealedKey, key.context()));
            JsonWebSignature signature = new JsonWebSignature();
            signature.setPayload(claims.toJson());
            signature.setAlgorithmHeaderValue(AlgorithmIdentifiers.RSA_USING_SHA256);
            signature.setKeyIdHeaderValue(key.id);
            signature.setHeader("typ", "JWT");
            signature.setKey(jwk.getPrivateKey());
            return signature.getCompactSerialization();
        } catch (JoseException e) {
            throw new IllegalStateException("the identity key " + key.id + " cannot sign", e);
        }
    }

    /** A new key signs from now on; the ones before stay published. */
    @Transactional
    public void rotate() {
        store.lock();
        make();
    }

    /** Only the key that signs stays published; tokens of older ones are believed no longer. */
    @Transactional
    public void trim() {
        store.lock();
        store.all().stream().skip(1).forEach(store::remove);
    }

    @Scheduled(identity = "identity-keys", every = "1h", concurrentExecution = ConcurrentExecution.SKIP)
    @Transactional
    void lookForOld() {
        store.lock();
        List<IdentityKeyEntity> keys = store.all();
        Instant now = clock.instant();
        if (!keys.isEmpty()
                && keys.getFirst().createdAt.plus(config.rotateAfter()).isBefore(now)) {
            make();
        } else if (!keys.isEmpty()
                && keys.getFirst().createdAt.plus(config.keepFor()).isBefore(now)) {
            keys.stream().skip(1).forEach(store::remove);
        }
    }

    private IdentityKeyEntity newest() {
        return store.all().stream().findFirst().orElseGet(() -> {
            store.lock();
            return store.all().stream().findFirst().orElseGet(this::make);
        });
    }

    private IdentityKeyEntity make() {
        try {
            IdentityKeyEntity row = new IdentityKeyEntity();
            row.id = Ids.make("key", random);
            RsaJsonWebKey jwk = RsaJwkGenerator.generateJwk(BITS);
            jwk.setKeyId(row.id);
            jwk.setUse("sig");
            jwk.setAlgorithm(AlgorithmIdentifiers.RSA_USING_SHA256);
            row.sealedKey = secrets.seal(jwk.toJson(JsonWebKey.OutputControlLevel.INCLUDE_PRIVATE), row.context());
            row.publicJwk = jwk.toJson(JsonWebKey.OutputControlLevel.PUBLIC_ONLY);
            row.createdAt = clock.instant();
            store.add(row);
            LOG.infof("identity key made keyId=%s", row.id);
            return row;
        } catch (JoseException e) {
            throw new IllegalStateException("no RSA key can be made", e);
        }
    }

    private static Map<String, Object> parsed(String jwk) {
        try {
            return JsonUtil.parseJson(jwk);
        } catch (JoseException e) {
            throw new IllegalStateException("a stored public key cannot be read", e);
        }
    }
}
