package io.terrafleet.api.gpgkey;

import io.smallrye.common.annotation.Identifier;
import io.terrafleet.api.problem.Problem;
import io.terrafleet.contracts.Ids;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Event;
import jakarta.transaction.Transactional;
import java.time.InstantSource;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The door to the keys that providers are signed with. */
@ApplicationScoped
public class GpgKeys {
    private static final int MOST_OF_ORGANIZATION = 200;

    private final GpgKeyStore store;
    private final Event<GpgKeyDeletion> deletions;
    private final InstantSource clock;
    private final RandomGenerator random;

    GpgKeys(
            GpgKeyStore store,
            Event<GpgKeyDeletion> deletions,
            @Identifier("api") InstantSource clock,
            @Identifier("api") RandomGenerator random) {
        this.store = store;
        this.deletions = deletions;
        this.clock = clock;
        this.random = random;
    }

    /** @param keyId in capitals or not */
    @Transactional
    public Optional<GpgKey> find(String organizationId, String keyId) {
        return store.find(organizationId, keyId.toUpperCase(Locale.ROOT)).map(GpgKeys::view);
    }

    @Transactional
    public List<GpgKey> list(List<String> organizationIds, int offset, int limit) {
        return store.list(organizationIds, offset, limit).stream()
                .map(GpgKeys::view)
                .toList();
    }

    @Transactional
    public long count(List<String> organizationIds) {
        return store.count(organizationIds);
    }

    /** Refused with 422 for what is no public key, and for one that is there already. */
    @Transactional
    public GpgKey create(String organizationId, String asciiArmor) {
        String keyId = Armor.keyId(asciiArmor);
        if (store.find(organizationId, keyId).isPresent()) {
            throw Problem.invalid("ascii-armor", "Key has already been taken: " + keyId + " is in this organization");
        }
        if (store.count(List.of(organizationId)) >= MOST_OF_ORGANIZATION) {
            throw Problem.unprocessable("An organization may have at most " + MOST_OF_ORGANIZATION + " GPG keys.");
        }
        GpgKeyEntity row = new GpgKeyEntity();
        row.id = Ids.make("gpgkey", random);
        row.organizationId = organizationId;
        row.keyId = keyId;
        row.asciiArmor = asciiArmor;
        row.createdAt = clock.instant();
        row.updatedAt = row.createdAt;
        store.add(row);
        return view(row);
    }

    /** To another organization; refused with 422 when that one has it. */
    @Transactional
    public GpgKey move(String organizationId, String keyId, String toOrganizationId) {
        GpgKeyEntity row = row(organizationId, keyId);
        if (!organizationId.equals(toOrganizationId)) {
            if (store.find(toOrganizationId, row.keyId).isPresent()) {
                throw Problem.invalid("namespace", "Namespace has this key already");
            }
            deletions.fire(new GpgKeyDeletion(organizationId, row.keyId));
            row.organizationId = toOrganizationId;
            row.updatedAt = clock.instant();
        }
        return view(row);
    }

    @Transactional
    public void delete(String organizationId, String keyId) {
        GpgKeyEntity row = row(organizationId, keyId);
        deletions.fire(new GpgKeyDeletion(organizationId, row.keyId));
        store.remove(row);
    }

    private GpgKeyEntity row(String organizationId, String keyId) {
        return store.find(organizationId, keyId.toUpperCase(Locale.ROOT)).orElseThrow(Problem::notFound);
    }

    private static GpgKey view(GpgKeyEntity row) {
        return new GpgKey(row.id, row.organizationId, row.keyId, row.asciiArmor, row.createdAt, row.updatedAt);
    }
}
