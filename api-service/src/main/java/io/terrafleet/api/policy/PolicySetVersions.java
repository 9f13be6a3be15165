package io.terrafleet.api.policy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import io.quarkus.narayana.jta.QuarkusTransaction;
import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.artifact.Artifacts;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.api.secret.AddressKey;
import io.terrafleet.contracts.ArtifactRef;
import io.terrafleet.contracts.Ids;
import io.terrafleet.contracts.Json;
import io.terrafleet.contracts.policy.PoliciesFile;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.transaction.Transactional;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The door to versions of policy sets: an archive that is ready is what the set is judged by from then on. */
@ApplicationScoped
public class PolicySetVersions {
    private final PolicySetStore store;
    private final PolicyBounds bounds;
    private final Artifacts artifacts;
    private final InstantSource clock;
    private final RandomGenerator random;

    PolicySetVersions(
            PolicySetStore store,
            PolicyBounds bounds,
            Artifacts artifacts,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.bounds = bounds;
        this.artifacts = artifacts;
        this.clock = clock;
        this.random = random;
    }

    /** A version that waits for its archive, and the key of the address to send it to, told this once. */
    public record Promised(PolicySetVersion version, AddressKey key) {}

    /** What a version that is ready is judged by. */
    record Content(ArtifactRef bundle, List<PoliciesFile.Entry> policies, Optional<String> commit) {}

    @Transactional
    public Optional<PolicySetVersion> find(String id) {
        return store.version(id).map(PolicySetVersions::view);
    }

    @Transactional
    public Promised create(String policySetId) {
        PolicySetEntity set = store.forUpdate(policySetId).orElseThrow(Problem::notFound);
        if (set.library || !set.policyIds.isEmpty()) {
            throw Problem.unprocessable("This set holds policies one by one; a set of versions holds none itself.");
        }
        if (set.vcsIdentifier != null) {
            throw Problem.unprocessable("This set's policies are taken from a repository; push them there.");
        }
        AddressKey key = AddressKey.make(random);
        PolicySetVersionEntity row = new PolicySetVersionEntity();
        row.id = Ids.make("polsetver", random);
        row.policySetId = policySetId;
        row.status = "pending";
        row.policies = "[]";
        row.uploadKeyHash = key.hash();
        row.createdAt = clock.instant();
        row.updatedAt = row.createdAt;
        store.add(row);
        set.newestVersionId = row.id;
        return new Promised(view(row), key);
    }

    /** Call it outside a transaction: it takes as long as the caller sends. An archive that is refused makes the version errored. */
    public void upload(String id, AddressKey key, InputStream body) {
        boolean judgedHere = QuarkusTransaction.requiringNew().call(() -> judgedHere(admitted(id, key).policySetId));
        byte[] archive = bytes(body);
        List<PoliciesFile.Entry> policies;
        try {
            policies = PolicyArchive.read(archive, judgedHere);
        } catch (Problem refused) {
            QuarkusTransaction.requiringNew().run(() -> {
                PolicySetVersionEntity row = admitted(id, key);
                row.status = "errored";
                row.error = refused.detail().orElse(refused.title());
                row.updatedAt = clock.instant();
            });
            throw refused;
        }
        ArtifactRef artifact = artifacts.store(archive);
        try {
            QuarkusTransaction.requiringNew().run(() -> accept(id, key, artifact, policies));
        } catch (RuntimeException e) {
            artifacts.delete(artifact.id());
            throw e;
        }
    }

    private void accept(String id, AddressKey key, ArtifactRef artifact, List<PoliciesFile.Entry> policies) {
        PolicySetVersionEntity row = admitted(id, key);
        PolicySetEntity set = store.forUpdate(row.policySetId).orElseThrow(Problem::notFound);
        row.status = "ready";
        row.artifactId = artifact.id();
        row.policies = new String(Json.write(policies), StandardCharsets.UTF_8);
        row.updatedAt = clock.instant();
        set.currentVersionId = id;
        set.updatedAt = row.updatedAt;
        store.flush();
        bounds.require(set.organizationId);
    }

    /** Of the set's current version; runs that were judged by an older one refer to its archive, so archives stay. */
    @Transactional
    Optional<Content> current(PolicySet set) {
        return set.currentVersionId().flatMap(store::version).flatMap(row -> Optional.ofNullable(row.artifactId)
                .flatMap(artifacts::find)
                .map(artifact -> new Content(artifact, policies(row), Optional.ofNullable(row.commitSha))));
    }

    /** The sensitive parameters of the set, all in one. */
    @Transactional
    Optional<ArtifactRef> secrets(String policySetId) {
        return store.find(policySetId)
                .flatMap(set -> Optional.ofNullable(set.secretsArtifactId))
                .flatMap(artifacts::find);
    }

    /**
     * A version from a commit: ready, and what the set is judged by from now on; or errored, and then the set is judged as before. A commit
     * that the set is at already makes none. Call it outside a transaction.
     */
    PolicySetVersion ofCommit(String policySetId, String commit, byte[] archive) {
        try {
            List<PoliciesFile.Entry> policies = PolicyArchive.read(
                    archive, QuarkusTransaction.requiringNew().call(() -> judgedHere(policySetId)));
            ArtifactRef artifact = artifacts.store(archive);
            try {
                return QuarkusTransaction.requiringNew().call(() -> {
                    PolicySetVersionEntity row = ofCommit(policySetId, commit, "ready");
                    row.artifactId = artifact.id();
                    row.policies = new String(Json.write(policies), StandardCharsets.UTF_8);
                    store.add(row);
                    PolicySetEntity set = store.forUpdate(policySetId).orElseThrow(Problem::notFound);
                    set.currentVersionId = row.id;
                    set.newestVersionId = row.id;
                    set.updatedAt = row.updatedAt;
                    store.flush();
                    bounds.require(set.organizationId);
                    return view(row);
                });
            } catch (RuntimeException e) {
                artifacts.delete(artifact.id());
                throw e;
            }
        } catch (Problem refused) {
            if (refused.status() >= 500) {
                throw refused; // nothing is wrong with the commit; it is taken at the next look
            }
            return QuarkusTransaction.requiringNew().call(() -> {
                PolicySetVersionEntity row = ofCommit(policySetId, commit, "errored");
                row.error = refused.detail().orElse(refused.title());
                store.add(row);
                store.forUpdate(policySetId).orElseThrow(Problem::notFound).newestVersionId = row.id;
                return view(row);
            });
        }
    }

    private PolicySetVersionEntity ofCommit(String policySetId, String commit, String status) {
        PolicySetVersionEntity row = new PolicySetVersionEntity();
        row.id = Ids.make("polsetver", random);
        row.policySetId = policySetId;
        row.source = "git";
        row.commitSha = commit;
        row.repository = store.find(policySetId).map(set -> set.vcsIdentifier).orElse(null);
        row.status = status;
        row.policies = "[]";
        row.uploadKeyHash = AddressKey.make(random).hash();
        row.createdAt = clock.instant();
        row.updatedAt = row.createdAt;
        return row;
    }

    private boolean judgedHere(String policySetId) {
        return store.find(policySetId).filter(set -> set.engineUrl != null).isEmpty();
    }

    private PolicySetVersionEntity admitted(String id, AddressKey key) {
        PolicySetVersionEntity row =
                store.version(id).filter(found -> key.fits(found.uploadKeyHash)).orElseThrow(Problem::notFound);
        if (!row.status.equals("pending")) {
            throw Problem.conflict("This version is " + row.status + " already; create a new one for another upload.");
        }
        return row;
    }

    private static byte[] bytes(InputStream body) {
        try {
            byte[] bytes = body.readNBytes(PolicyArchive.MOST_PACKED + 1);
            if (bytes.length > PolicyArchive.MOST_PACKED) {
                throw Problem.tooLarge("At most " + PolicyArchive.MOST_PACKED + " bytes are accepted here.");
            }
            return bytes;
        } catch (IOException e) {
            throw Problem.malformed("The body could not be read to its end.");
        }
    }

    private static List<PoliciesFile.Entry> policies(PolicySetVersionEntity row) {
        try {
            return Json.mapper().readValue(row.policies, new TypeReference<>() {});
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("the policies of " + row.id + " cannot be read", e);
        }
    }

    private static PolicySetVersion view(PolicySetVersionEntity row) {
        return new PolicySetVersion(
                row.id,
                row.policySetId,
                row.source,
                Optional.ofNullable(row.commitSha),
                Optional.ofNullable(row.repository),
                row.status,
                Optional.ofNullable(row.error),
                row.createdAt,
                row.updatedAt);
    }
}
